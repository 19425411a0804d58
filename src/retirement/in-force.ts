import type { Refusal, Retirement } from './retirement.ts';

/** The retirement file that is in use, with a clock. Exchanges find here whether they are refused. */
export interface RetirementInForce {
  readonly retirement: Retirement;
  /** Returns the time in milliseconds of Unix time. */
  readonly now: () => number;
  /** Called for each exchange that is refused. */
  readonly onRefusal: (refusal: Refusal) => void;
}
