import { dayMs, dayNumberOf } from '../../../ledger/days.ts';
import type { LedgerRun } from '../../../ledger/entry.ts';

/** The days of log files. */
export class LogDays {
  /** The days with lines of exchanges, and if all of them have `needs`. */
  readonly #days = new Map<number, boolean>();

  add(day: number, hasNeeds: boolean): void {
    if (this.#days.get(day) !== false) this.#days.set(day, hasNeeds);
  }

  /**
   * Return the days as runs of a gateway. A log does not show from when to when a gateway served: it counts from the beginning of
   * a day with lines to its end, or to `now` if today has no lines yet.
   */
  runs(now: number): readonly LedgerRun[] {
    const today = dayNumberOf(now);
    return [...this.#days]
      .filter(([, hasNeeds]) => hasNeeds)
      .map(([day]) => {
        const end = day >= today - 1 ? now : (day + 1) * dayMs;
        const boot = `log of day ${day}`;
        const startedAt = Math.min(day * dayMs, now);
        return { instance: 'log', boot, version: '', startedAt, storedAt: end, isClosed: true, others: 0 };
      });
  }
}
