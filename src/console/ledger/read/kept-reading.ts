import { fixedLimits } from '../../../config/fixed-limits.ts';
import { LedgerStoreError } from '../../../ledger/store-error.ts';
import type { LedgerFailure } from '../../views/ledger-types.ts';
import type { LedgerReading } from './reading.ts';

/** The last reading, and why there is no later one. */
export interface Kept {
  readonly reading: LedgerReading | undefined;
  readonly failure: LedgerFailure | null;
  /** Counts the attempts to read, so that documents of different ones are told apart. */
  readonly version: number;
}

/**
 * The last reading of the ledger. It answers all questions for a while. After that it is read again: questions wait for the new
 * reading, unless the last one is young enough to answer them meanwhile.
 */
export class KeptReading {
  readonly #read: () => Promise<LedgerReading>;
  readonly #now: () => number;
  #kept: Kept = { reading: undefined, failure: null, version: 0 };
  #reading: Promise<Kept> | undefined;
  /** Times of the clock. */
  #freshUntil = -Infinity;
  #usableUntil = -Infinity;

  /**
   * @param read reads the ledger; it may fail
   * @param now returns a time in milliseconds that is never put back
   */
  constructor(read: () => Promise<LedgerReading>, now: () => number = () => performance.now()) {
    this.#read = read;
    this.#now = now;
  }

  /** Return a reading that is not older than a while; never rejects for a store that is away. */
  current(): Promise<Kept> {
    const now = this.#now();
    if (now < this.#freshUntil) return Promise.resolve(this.#kept);
    this.#reading ??= this.#readNow().finally(() => (this.#reading = undefined));
    if (now >= this.#usableUntil) return this.#reading;
    // An error shows itself when the next reading is waited for.
    this.#reading.catch(() => undefined);
    return Promise.resolve(this.#kept);
  }

  async #readNow(): Promise<Kept> {
    const startedAt = this.#now();
    const version = this.#kept.version + 1;
    try {
      this.#kept = { reading: await this.#read(), failure: null, version };
    } catch (error) {
      if (!(error instanceof LedgerStoreError)) throw error;
      const { code, message } = error;
      this.#kept = { reading: this.#kept.reading, failure: { code, message }, version };
    }
    const endedAt = this.#now();
    const tookMs = endedAt - startedAt;
    const { consoleKeptMs, consoleKeptTimes } = fixedLimits;
    this.#freshUntil = endedAt + Math.max(consoleKeptMs, consoleKeptTimes * tookMs);
    // A short reading is waited for, so that its readers see the latest.
    this.#usableUntil =
      tookMs < consoleKeptMs / consoleKeptTimes ? this.#freshUntil : this.#freshUntil + consoleKeptTimes * tookMs;
    return this.#kept;
  }
}
