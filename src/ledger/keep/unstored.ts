import { dayNumberOf } from '../days.ts';
import type { DayCount, LedgerRun } from '../entry.ts';
import { keyTextOf, largerCount, laterRun, lostOf } from '../larger.ts';
import { LostCounts } from './lost-counts.ts';

/** Some counts of a run that are to be stored together. */
export interface RunSlice {
  readonly run: LedgerRun;
  readonly counts: readonly DayCount[];
}

interface RunState {
  /** The run as it is when all its counts are stored. */
  run: LedgerRun;
  /** The run as it was stored last. */
  stored: LedgerRun | undefined;
  readonly counts: Map<string, DayCount>;
  readonly lost: LostCounts;
  /** True if no more counts come. */
  hasEnded: boolean;
}

/** The counts of some runs that are not stored yet. Their number is bounded: those that do not fit are lost, and counted. */
export class Unstored {
  readonly #most: number;
  readonly #runs = new Map<string, RunState>();
  #size = 0;
  #lost = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** The number of counts that wait. */
  get size(): number {
    return this.#size;
  }

  /** The number of counts that did not fit. A later count of the same key and day makes up for them. */
  get lost(): number {
    return this.#lost;
  }

  /** Add counts of a run, and the time up to which they are complete. */
  add(run: LedgerRun, counts: readonly DayCount[]): void {
    const state = this.#runs.get(run.boot) ?? newState(run);
    this.#runs.set(run.boot, state);
    for (const count of counts) this.#hold(state, count);
    const later = laterRun(state.run, run);
    // A lost count of today may come again: the run says so only when that day, or the run, is over.
    const lost = state.lost.spanBefore(later.isClosed ? Infinity : dayNumberOf(later.storedAt));
    state.run = { ...later, ...lostOf(lost) };
  }

  /** Expect the lost counts of a day and of later ones once more. @param today the number of the day */
  expectAgain(today: number): void {
    for (const { lost } of this.#runs.values()) lost.forgetFrom(today);
  }

  /** Note that a run has ended: it is dropped when it is stored. */
  end(boot: string): void {
    const state = this.#runs.get(boot);
    if (state === undefined) return;
    state.hasEnded = true;
    this.#dropIfDone(boot, state);
  }

  /** Return the next counts to store; undefined if everything is stored. */
  next(most: number): RunSlice | undefined {
    for (const state of this.#runs.values()) {
      const { run, stored, counts } = state;
      if (counts.size === 0 && isSame(run, stored)) continue;
      const next = [...counts.values().take(most)];
      // A run is stored up to its time, and closed, only with its last counts.
      const { storedAt = run.startedAt, isClosed = false } = stored ?? {};
      return { run: next.length === counts.size ? run : { ...run, storedAt, isClosed }, counts: next };
    }
    return undefined;
  }

  /** Drop counts that are stored, unless they have grown meanwhile. */
  drop({ run, counts }: RunSlice): void {
    const state = this.#runs.get(run.boot);
    if (state === undefined) return;
    state.stored = run;
    for (const count of counts) {
      const text = cellTextOf(count);
      if (state.counts.get(text) !== count) continue;
      state.counts.delete(text);
      this.#size -= 1;
    }
    this.#dropIfDone(run.boot, state);
  }

  #hold({ counts, lost }: RunState, count: DayCount): void {
    const text = cellTextOf(count);
    const known = counts.get(text);
    if (known === undefined && this.#size >= this.#most) {
      this.#lost += 1;
      lost.add(count);
      return;
    }
    if (known === undefined) this.#size += 1;
    counts.set(text, known === undefined ? count : largerCount(known, count));
  }

  #dropIfDone(boot: string, { run, stored, counts, hasEnded }: RunState): void {
    if ((hasEnded || run.isClosed) && counts.size === 0 && isSame(run, stored)) this.#runs.delete(boot);
  }
}

function newState(run: LedgerRun): RunState {
  return { run, stored: undefined, counts: new Map(), lost: new LostCounts(), hasEnded: false };
}

function cellTextOf({ day, key }: DayCount): string {
  return `${day}\n${keyTextOf(key)}`;
}

function isSame(run: LedgerRun, stored: LedgerRun | undefined): boolean {
  return (
    stored !== undefined &&
    run.storedAt === stored.storedAt &&
    run.isClosed === stored.isClosed &&
    run.others === stored.others &&
    run.lost?.from === stored.lost?.from &&
    run.lost?.until === stored.lost?.until
  );
}
