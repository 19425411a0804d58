import type { Figure } from '../figures/figure.ts';
import type { Options } from '../rig/options.ts';
import type { Row } from '../matrix/rows.ts';

/** What one run of the benchmarks found. */
export interface Result {
  readonly date: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly options: Pick<Options, 'seconds' | 'repeats'>;
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
}

/** A result as JSON, in numbers of four digits. */
export function printResult(result: Result): string {
  return `${JSON.stringify(result, rounded, 2)}\n`;
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
