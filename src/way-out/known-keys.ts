import type { DayCount, KeyHistory, LedgerKey } from '../ledger/entry.ts';
import { dayNumberIn, dayNumberOf } from '../ledger/days.ts';
import { isOther, otherKeyOf } from './other-keys.ts';
import { keyTextOf } from '../ledger/larger.ts';
import { SeenDays } from './seen-days.ts';

/** Everything that is known about one key. Times are in milliseconds of Unix time. */
export interface KnownKey {
  readonly key: LedgerKey;
  readonly days: SeenDays;
  /** Calls since the beginning of the report. */
  answered: number;
  failed: number;
  /** True if a call was ever answered: before the beginning of the report, too. */
  wasAnswered: boolean;
  /** All calls that failed, and those of them that the retirement file refused: before the beginning of the report, too. */
  everFailed: number;
  everRefused: number;
  /** The latest time at which a call may have been refused: -Infinity if none ever was. */
  lastRefused: number;
  first: number;
  last: number;
  requestId: string;
}

/** The collector of day counts: one entry for each key, whatever the number of days. */
export class KnownKeys {
  readonly #known = new Map<string, KnownKey>();
  readonly #today: number;
  readonly #sinceDay: number;
  readonly #mostKeys: number;
  #lastDay = { text: '', number: Number.NaN };

  /**
   * @param now later calls are those of a gateway whose clock is ahead, and count as calls of today
   * @param sinceDay the number of the first day whose calls are added up; earlier ones count for the gaps only
   * @param mostKeys the largest number of keys; further ones are one key for each kind of reason
   */
  constructor(now: number, sinceDay: number, mostKeys = 100_000) {
    this.#today = dayNumberOf(now);
    this.#sinceDay = sinceDay;
    this.#mostKeys = mostKeys;
  }

  add({ key, day, answered, failed, refused = 0, first, last, requestId }: DayCount): void {
    const number = this.#numberOf(day);
    // A store is a file that anybody may have edited.
    if (Number.isNaN(number)) return;
    const known = this.#entryOf(key);
    known.days.add(Math.min(number, this.#today));
    if (number >= this.#sinceDay) {
      known.answered += answered;
      known.failed += failed;
    }
    known.wasAnswered ||= answered > 0;
    known.everFailed += failed;
    known.everRefused += refused;
    if (refused > 0) known.lastRefused = Math.max(known.lastRefused, last);
    known.first = Math.min(known.first, first);
    if (last < known.last) return;
    known.last = last;
    known.requestId = requestId;
  }

  /** Add the removed days of a key: days at its longest gap stand in for them. */
  addHistory({ key, first, last, longestGapDays }: KeyHistory): void {
    const known = this.#entryOf(key);
    const lastDay = Math.min(dayNumberOf(last), this.#today);
    known.days.add(lastDay);
    const step = Math.max(1, longestGapDays);
    for (let day = dayNumberOf(first); day < lastDay; day += step) known.days.add(day);
    known.wasAnswered = true;
    known.first = Math.min(known.first, first);
    known.last = Math.max(known.last, last);
  }

  values(): readonly KnownKey[] {
    return [...this.#known.values()];
  }

  /** Read a day. Most counts have the day of the one before. */
  #numberOf(day: string): number {
    if (day !== this.#lastDay.text) this.#lastDay = { text: day, number: dayNumberIn(day) };
    return this.#lastDay.number;
  }

  #entryOf(key: LedgerKey): KnownKey {
    const known = this.#known.get(keyTextOf(key));
    if (known !== undefined) return known;
    if (this.#known.size < this.#mostKeys || isOther(key)) return this.#create(key);
    return this.#entryOf(otherKeyOf(key));
  }

  #create(key: LedgerKey): KnownKey {
    const known = {
      key,
      days: new SeenDays(),
      answered: 0,
      failed: 0,
      wasAnswered: false,
      everFailed: 0,
      everRefused: 0,
      lastRefused: -Infinity,
      first: Infinity,
      last: -Infinity,
      requestId: '',
    };
    this.#known.set(keyTextOf(key), known);
    return known;
  }
}
