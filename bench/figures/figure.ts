import type { Options } from '../rig/options.ts';
import type { Rig } from '../rig/rig.ts';
import type { Spread } from '../rig/statistics.ts';

/** One number that is asked for, with its limit. */
export interface Figure {
  readonly name: string;
  /** '' for a ratio. */
  readonly unit: string;
  /** Undefined where it was not measured; `because` says why. */
  readonly value: Spread | undefined;
  readonly because?: string;
  readonly limit?: { readonly atLeast: number } | { readonly atMost: number };
  /** What it is made of, as text. */
  readonly from?: string;
}

/** A measurement of its own, besides the comparisons. */
export interface Measurement {
  /** What `--only` finds it by. */
  readonly name: string;
  readonly run: (rig: Rig, options: Options) => Promise<Figure[]>;
}

/** Whether a figure is as it should be; undefined where there is no limit, or no figure. */
export function isMet({ value, limit }: Figure): boolean | undefined {
  if (value === undefined || limit === undefined) return undefined;
  return 'atLeast' in limit ? value.median >= limit.atLeast : value.median <= limit.atMost;
}
