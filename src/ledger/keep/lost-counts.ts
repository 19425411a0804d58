import { dayNumberIn } from '../days.ts';
import type { DayCount, LostSpan } from '../entry.ts';
import { joinedSpan } from '../larger.ts';

/** The lost counts of a run, by day. Those of today may come again, and those of a day that is over may not. */
export class LostCounts {
  readonly #days = new Map<number, LostSpan>();

  add({ day, first, last }: DayCount): void {
    const number = dayNumberIn(day);
    const span = joinedSpan(this.#days.get(number), { from: first, until: last });
    if (span !== undefined) this.#days.set(number, span);
  }

  /** Forget the lost counts of a day and of later ones, because all of their counts are taken once more. */
  forgetFrom(day: number): void {
    for (const each of this.#days.keys()) if (each >= day) this.#days.delete(each);
  }

  /** Return the time of the lost counts of the days before a day; undefined if there are none. */
  spanBefore(day: number): LostSpan | undefined {
    let span: LostSpan | undefined;
    for (const [each, ofDay] of this.#days) if (each < day) span = joinedSpan(span, ofDay);
    return span;
  }
}
