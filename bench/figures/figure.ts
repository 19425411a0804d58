import type { Options } from '../rig/options.ts';
import type { Rig } from '../rig/rig.ts';
import type { Spread } from '../rig/statistics.ts';

/** A published number with its limit. */
export interface Figure {
  readonly name: string;
  /** '' for a ratio. */
  readonly unit: string;
  /** Undefined if not measured, for the `reason` given. */
  readonly value: Spread | undefined;
  readonly reason?: string;
  readonly limit?: { readonly atLeast: number } | { readonly atMost: number };
  /** The numbers that the value is made from, as text. */
  readonly detail?: string;
}

/** A measurement besides the comparisons, with processes of its own. */
export interface Measurement {
  /** The name that `--only` matches. */
  readonly name: string;
  readonly run: (rig: Rig, options: Options) => Promise<Figure[]>;
}

/** Test if a figure is within its limit; undefined without a limit or a value. */
export function isMet({ value, limit }: Figure): boolean | undefined {
  if (value === undefined || limit === undefined) return undefined;
  return 'atLeast' in limit ? value.median >= limit.atLeast : value.median <= limit.atMost;
}
