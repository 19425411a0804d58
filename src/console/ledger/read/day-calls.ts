import type { DayCount } from '../../../ledger/entry.ts';
import { dayNumberIn, dayNumberOf } from '../../../ledger/days.ts';
import { isBreaking, nameOfReason } from '../../../way-out/need-of-reason.ts';
import { unverifiedProject } from '../../../way-out/other-keys.ts';

/** The calls of a project on a day, by its number. */
export interface CallsOfDay {
  readonly day: number;
  readonly needing: number;
  readonly notBreaking: number;
  readonly failed: number;
}

/** The calls of one client with one operation on a day: the same calls are counted by each of their reasons. */
interface CallsOfCaller {
  readonly project: string;
  /** The largest number of answered calls by the names of the reasons. */
  readonly answered: Map<string, number>;
  failed: number;
}

/** The calls of each day, by project and by the names of the reasons. Counts are added in the order of their days. */
export class DayCalls {
  readonly #today: number;
  readonly #mostDays: number;
  readonly #ofProjects = new Map<string, CallsOfDay[]>();
  readonly #ofReasons = new Map<string, Map<number, number>>();
  /** The answered calls of all reasons that break. */
  readonly #needing = new Map<number, number>();
  #size = 0;
  #first = Infinity;
  #day = { text: '', number: Number.NaN };
  #callers = new Map<string, CallsOfCaller>();

  /** @param mostDays the largest number of days of all projects together; beyond it the older ones are forgotten */
  constructor(now: number, mostDays: number) {
    this.#today = dayNumberOf(now);
    this.#mostDays = mostDays;
  }

  /** The number of the first day; Infinity without any. */
  get firstDay(): number {
    return this.#first;
  }

  add({ key: { project, agent, network, operation, reason }, day, answered, failed }: DayCount): void {
    if (day !== this.#day.text) this.#begin(day);
    const text = `${project}\n${agent}\n${network}\n${operation}`;
    const calls = this.#callers.get(text) ?? { project, answered: new Map<string, number>(), failed: 0 };
    this.#callers.set(text, calls);
    const name = nameOfReason(reason);
    calls.answered.set(name, Math.max(calls.answered.get(name) ?? 0, answered));
    calls.failed = Math.max(calls.failed, failed);
  }

  /** Finish the last day. */
  finish(): void {
    const { number } = this.#day;
    // A store is a file that anybody may have edited.
    if (!Number.isNaN(number))
      for (const [project, calls] of Map.groupBy(this.#callers.values(), (each) => each.project)) {
        this.#addProject(project, number, calls);
        if (project !== unverifiedProject) this.#addReasons(number, calls);
      }
    this.#callers = new Map();
  }

  /** List the days of a project, the earliest first. */
  ofProject(project: string): readonly CallsOfDay[] {
    return this.#ofProjects.get(project) ?? [];
  }

  /** Return the answered calls by the number of their day. @param reason its name; null for all reasons that break */
  ofReason(reason: string | null): ReadonlyMap<number, number> {
    return (reason === null ? this.#needing : this.#ofReasons.get(reason)) ?? new Map<number, number>();
  }

  #begin(day: string): void {
    this.finish();
    // The clock of a gateway may be ahead.
    this.#day = { text: day, number: Math.min(dayNumberIn(day), this.#today) };
    if (!Number.isNaN(this.#day.number)) this.#first = Math.min(this.#first, this.#day.number);
  }

  #addProject(project: string, day: number, callers: readonly CallsOfCaller[]): void {
    let [needing, notBreaking, failed] = [0, 0, 0];
    for (const calls of callers) {
      const breaking = breakingOf(calls);
      needing += breaking;
      notBreaking += mostOf(calls.answered.values(), breaking) - breaking;
      failed += calls.failed;
    }
    const days = this.#ofProjects.get(project) ?? [];
    this.#ofProjects.set(project, days);
    days.push({ day, needing, notBreaking, failed });
    this.#size += 1;
    if (this.#size > this.#mostDays) this.#forgetOlderHalf(day);
  }

  #addReasons(day: number, callers: readonly CallsOfCaller[]): void {
    for (const calls of callers) {
      addTo(this.#needing, day, breakingOf(calls));
      for (const [name, answered] of calls.answered) {
        const days = this.#ofReasons.get(name) ?? new Map<number, number>();
        this.#ofReasons.set(name, days);
        addTo(days, day, answered);
      }
    }
  }

  #forgetOlderHalf(last: number): void {
    const first = this.#ofProjects.values().reduce((least, days) => Math.min(least, days[0]?.day ?? last), last);
    const middle = Math.ceil((first + last) / 2);
    this.#size = 0;
    for (const [project, days] of this.#ofProjects) {
      const kept = days.filter(({ day }) => day >= middle);
      this.#ofProjects.set(project, kept);
      this.#size += kept.length;
    }
  }
}

function mostOf(counts: Iterable<number>, least: number): number {
  let most = least;
  for (const count of counts) most = Math.max(most, count);
  return most;
}

/** Count the answered calls with a reason that breaks. */
function breakingOf({ answered }: CallsOfCaller): number {
  let most = 0;
  for (const [name, count] of answered) if (isBreaking(name)) most = Math.max(most, count);
  return most;
}

function addTo(days: Map<number, number>, day: number, count: number): void {
  days.set(day, (days.get(day) ?? 0) + count);
}
