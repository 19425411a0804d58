import { describeDefect } from '../../observe/defect.ts';
import type { Log, LogFields } from '../../observe/log.ts';
import { LedgerStoreError } from '../store-error.ts';

/** The doublings after which a pause is at its longest, whatever the interval. */
const mostDoublings = 20;

/** The trouble with a store: it is logged when it begins and when it ends, not for each attempt. */
export class Trouble {
  readonly #log: Log;
  readonly #now: () => number;
  #since: number | undefined;
  /** The attempts in a row that failed. */
  #inRow = 0;
  #failures = 0;

  constructor(log: Log, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** True from the first attempt that failed until everything is stored. */
  get isOpen(): boolean {
    return this.#since !== undefined;
  }

  /** The number of attempts that failed. */
  get failures(): number {
    return this.#failures;
  }

  /** Note an attempt that failed. */
  begin(error: unknown, waiting: number): void {
    this.#failures += 1;
    this.#inRow += 1;
    this.#report({ ...described(error), waiting });
  }

  /** Note a write that takes too long. It goes on, and may succeed. */
  slow(waiting: number): void {
    this.#failures += 1;
    this.#report({ error: 'ETIMEDOUT', why: 'a write takes too long', waiting });
  }

  /** Note that everything is stored; returns true if that ends a trouble. */
  end(): boolean {
    this.#inRow = 0;
    if (this.#since === undefined) return false;
    this.#log.info('ledger stored again', { troubleMs: this.#now() - this.#since });
    this.#since = undefined;
    return true;
  }

  /** Return the pause before the next attempt: the interval, doubled for each failure in a row. */
  pauseMs(intervalMs: number, { ledgerRetryMs }: { readonly ledgerRetryMs: number }): number {
    const doubled = intervalMs * 2 ** Math.min(Math.max(this.#inRow - 1, 0), mostDoublings);
    return Math.min(doubled, Math.max(intervalMs, ledgerRetryMs));
  }

  #report(fields: LogFields): void {
    if (this.#since !== undefined) return;
    this.#since = this.#now();
    this.#log.warn('ledger not stored', fields);
  }
}

function described(error: unknown): LogFields {
  return error instanceof LedgerStoreError ? { error: error.code, why: error.message } : { ...describeDefect(error) };
}
