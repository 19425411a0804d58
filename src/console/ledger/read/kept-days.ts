import type { Kept } from './kept-reading.ts';
import type { LedgerReading } from './reading.ts';
import type { DayRange } from './day-range.ts';
import type { KeyOnDays } from './key-on-days.ts';

/** The most ranges that are kept: readers of one day ask for its page, its CSV and its JSON. */
const mostRanges = 2;

/** The keys of the last ranges of days that were asked for, until the ledger is read again. */
export class KeptDays {
  readonly #read: (range: DayRange, reading: LedgerReading) => Promise<readonly KeyOnDays[]>;
  readonly #ranges = new Map<string, Promise<readonly KeyOnDays[]>>();
  #version = 0;

  /** @param read reads the keys of days; it may fail */
  constructor(read: (range: DayRange, reading: LedgerReading) => Promise<readonly KeyOnDays[]>) {
    this.#read = read;
  }

  /** Return the keys of some days; undefined without a range or a reading. @throws {LedgerStoreError} */
  async of(range: DayRange | undefined, { reading, version }: Kept): Promise<readonly KeyOnDays[] | undefined> {
    if (range === undefined || reading === undefined) return undefined;
    if (version !== this.#version) this.#ranges.clear();
    this.#version = version;
    const name = `${range.first} ${range.last}`;
    const known = this.#ranges.get(name);
    if (known !== undefined) return known;
    const found = this.#read(range, reading);
    while (this.#ranges.size >= mostRanges) this.#ranges.delete(this.#ranges.keys().next().value ?? '');
    this.#ranges.set(name, found);
    // The next question tries again.
    found.catch(() => this.#ranges.delete(name));
    return found;
  }
}
