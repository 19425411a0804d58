/** A row of a table. Its members are texts, numbers, booleans, null, or lists of them. */
export type TableRow = object;

/**
 * Write rows as CSV (RFC 4180): a header, then a line for each. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it, because settings and names can hold what others wrote.
 */
export function csvOf(rows: readonly TableRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => {
    const values: ReadonlyMap<string, unknown> = new Map(Object.entries(row));
    return columns.map((column) => cellOf(values.get(column)));
  });
  return [columns, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cellOf(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : textOf(value).replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
