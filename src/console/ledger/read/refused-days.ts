import type { DayCount } from '../../../ledger/entry.ts';
import { dayNumberIn } from '../../../ledger/days.ts';
import { groupText } from '../../../way-out/groups.ts';

/** The exchanges that the retirement file refused on each day. Counts are added in the order of their days. */
export class RefusedDays {
  readonly #sums = new Map<number, number>();
  #day = '';
  /** The largest number by caller and operation: an exchange with several reasons is counted by each. */
  #callers = new Map<string, number>();

  add({ key, day, refused = 0 }: DayCount): void {
    if (refused === 0) return;
    if (day !== this.#day) this.#finish();
    this.#day = day;
    const text = groupText(['project', 'agent', 'network', 'operation'], key);
    this.#callers.set(text, Math.max(this.#callers.get(text) ?? 0, refused));
  }

  /** Add up the days from one to another, both included. */
  between(first: number, last: number): number {
    this.#finish();
    let sum = 0;
    for (const [day, refused] of this.#sums) if (day >= first && day <= last) sum += refused;
    return sum;
  }

  #finish(): void {
    const day = dayNumberIn(this.#day);
    const sum = this.#callers.values().reduce((all, refused) => all + refused, 0);
    this.#callers = new Map();
    // A store is a file that anybody may have edited.
    if (!Number.isNaN(day) && sum > 0) this.#sums.set(day, (this.#sums.get(day) ?? 0) + sum);
  }
}
