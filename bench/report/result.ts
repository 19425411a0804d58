import type { Figure } from '../figures/figure.ts';
import type { Row } from '../matrix/rows.ts';
import type { Options } from '../rig/options.ts';

/** The result of one run of the benchmarks. */
export interface Result {
  readonly date: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly options: Pick<Options, 'seconds' | 'repeats'>;
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
}

/** Print the conditions of a result on one line. */
export function printFacts(facts: Result['facts']): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}

/** Print a result as JSON with numbers of four digits, one line for each row and figure so that diffs stay short. */
export function printResult({ date, facts, options, rows, figures }: Result): string {
  const members = [
    `"date": ${printLine(date)}`,
    `"facts": ${printLine(facts)}`,
    `"options": ${printLine(options)}`,
    printLines('rows', rows),
    printLines('figures', figures),
  ];
  return `{\n  ${members.join(',\n  ')}\n}\n`;
}

function printLine(value: unknown): string {
  return JSON.stringify(value, rounded);
}

function printLines(name: string, items: readonly unknown[]): string {
  return `"${name}": [${items.map((item) => `\n    ${printLine(item)}`).join(',')}\n  ]`;
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
