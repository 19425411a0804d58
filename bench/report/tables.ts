import { isMet, type Figure } from '../figures/figure.ts';
import type { Row } from '../matrix/rows.ts';
import type { Spread } from '../rig/statistics.ts';

const columns: readonly (readonly [string, (row: Row) => string])[] = [
  ['conn.', ({ connections }) => `${connections}`],
  ['who', ({ contestant }) => contestantNames[contestant]],
  ['task', ({ task }) => task],
  ['req/s', ({ perSecond }) => withSpread(perSecond, 0)],
  ['÷ plain', ({ ratio }) => withSpread(ratio, 2)],
  ['CPU us', ({ cpu }) => withSpread(cpu, 0)],
  ['p50 us', ({ p50 }) => withSpread(p50, 0)],
  ['p99 us', ({ p99 }) => withSpread(p99, 0)],
  ['added p50', ({ addedP50 }) => withSpread(addedP50, 0)],
  ['added p99', ({ addedP99 }) => withSpread(addedP99, 0)],
  ['RSS MB', ({ rss }) => (rss === undefined ? '' : rss.median.toFixed(0))],
];

/** The names of the contestants in the tables. */
export const contestantNames: Readonly<Record<Row['contestant'], string>> = {
  direct: 'the cloud itself',
  nginx: 'nginx proxy_pass',
  plain: 'http-proxy-middleware',
  gateway: 'this gateway',
};

/** Print the comparisons as tables of text, medians with their deviation. */
export function rowTables(rows: readonly Row[]): string {
  return [...Map.groupBy(rows, ({ comparison }) => comparison)]
    .map(([name, sharing]) => {
      const sorted = [...Map.groupBy(sharing, ({ connections }) => connections).values()].flat();
      const cells = [columns.map(([title]) => title), ...sorted.map((row) => columns.map(([, of]) => of(row)))];
      return `${name}\n${aligned(cells)}`;
    })
    .join('\n\n');
}

/** Print the figures and their limits as a table of text. */
export function figureTable(figures: readonly Figure[]): string {
  return aligned([
    ['figure', 'measured', 'limit', '', ''],
    ...figures.map((figure) => [figure.name, valueOf(figure), limitOf(figure), verdictOf(figure), remarkOf(figure)]),
  ]);
}

/** Print the figures as a Markdown table. */
export function figureMarkdown(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [figure.name, valueOf(figure), limitOf(figure), remarkOf(figure)]);
  return [['what', 'measured', 'wanted', ''], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function valueOf({ value, unit }: Figure): string {
  return value === undefined
    ? 'not measured'
    : `${withSpread(value, unit === 'ms' || unit === '%' ? 1 : 2)} ${unit}`.trim();
}

function limitOf({ limit, unit }: Figure): string {
  if (limit === undefined) return '';
  return ('atLeast' in limit ? `at least ${limit.atLeast} ${unit}` : `at most ${limit.atMost} ${unit}`).trim();
}

function verdictOf(figure: Figure): string {
  const met = isMet(figure);
  return met === undefined ? '' : met ? 'met' : 'NOT MET';
}

function remarkOf({ detail = '', reason }: Figure): string {
  return reason ?? detail;
}

function withSpread(spread: Spread | undefined, digits: number): string {
  return spread === undefined ? '' : `${spread.median.toFixed(digits)} ±${spread.mad.toFixed(digits)}`;
}

/** Pad the cells of a table so that its columns are aligned. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n');
}
