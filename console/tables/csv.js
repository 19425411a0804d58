/**
 * Write rows as CSV, as the gateway does (src/console/table/csv.ts): a text that a spreadsheet would take for a formula gets an
 * apostrophe before it.
 * @param {readonly object[]} rows
 */
export function csvOf(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => {
    const values = new Map(Object.entries(row));
    return columns.map((column) => cellOf(values.get(column)));
  });
  return [columns, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** @param {unknown} value */
function cellOf(value) {
  const text = typeof value === 'number' ? String(value) : textOf(value).replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {unknown} value */
function textOf(value) {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
