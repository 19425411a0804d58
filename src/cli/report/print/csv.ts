import { columnsBy } from './columns.ts';
import { filledSections, type ReportPage } from './report-page.ts';

/** Print the rows of a report as CSV (RFC 4180), all tables in one: the first column has the name of the table. */
export function printCsv(page: ReportPage): string {
  const columns = columnsBy(page.by);
  const lines = [
    ['table', ...columns.map(({ title }) => title)],
    ...filledSections(page).flatMap(({ kind, rows }) =>
      rows.map((row) => [kind, ...columns.map(({ cell }) => cell(row))]),
    ),
  ];
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** Write a cell. Spreadsheets take one that begins like a formula for one, so an apostrophe goes before it. */
function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
