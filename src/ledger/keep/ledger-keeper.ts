import { setTimeout as sleep, setImmediate as nextTurn } from 'node:timers/promises';
import type { Config } from '../../config/settings.ts';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Log } from '../../observe/log.ts';
import type { OwnCounts } from '../count/own-counts.ts';
import { dayNumberOf, dayText } from '../days.ts';
import type { DayCount, LedgerRun } from '../entry.ts';
import type { LedgerStore } from '../store.ts';
import { Trouble } from './trouble.ts';
import { Unstored } from './unstored.ts';

/** The settings of a keeper, and its surroundings. */
export interface KeeperOptions {
  readonly settings: Pick<Config['ledger'], 'intervalMs' | 'days'>;
  readonly log: Log;
  /** Return the time in milliseconds of Unix time. */
  readonly now: () => number;
  readonly limits?: KeeperLimits;
  /** Called when the store works again after trouble. */
  readonly onStoredAgain?: () => void;
}

/** The limits of a keeper, which tests change. */
export type KeeperLimits = Readonly<
  Record<'ledgerHeldCells' | 'ledgerSliceRows' | 'ledgerWriteMs' | 'ledgerRetryMs', number>
>;

/**
 * The part that brings counts to the store, at intervals, in slices. One write is in flight at a time. A store that fails is tried
 * again after growing pauses; meanwhile the counts are held, up to a limit. Nothing here is awaited by a request.
 */
export class LedgerKeeper {
  readonly #store: LedgerStore;
  readonly #options: KeeperOptions;
  readonly #limits: KeeperLimits;
  readonly #unstored: Unstored;
  readonly #trouble: Trouble;
  #settings: KeeperOptions['settings'];
  #take: OwnCounts['take'] | undefined;
  #timer: NodeJS.Timeout | undefined;
  #storing: Promise<boolean> | undefined;
  /** The day up to which days have been removed. */
  #trimmedDay = '';
  #lastStoredAt = Number.NaN;
  #lost = 0;
  #isClosed = false;

  constructor(store: LedgerStore, options: KeeperOptions) {
    this.#store = store;
    this.#options = options;
    this.#limits = options.limits ?? fixedLimits;
    this.#settings = options.settings;
    this.#unstored = new Unstored(this.#limits.ledgerHeldCells);
    this.#trouble = new Trouble(options.log, options.now);
  }

  /** The number of counts that wait to be stored. */
  get waiting(): number {
    return this.#unstored.size;
  }

  /** The number of counts that were lost, because the store was away for too long. */
  get lost(): number {
    return this.#unstored.lost;
  }

  /** The number of attempts that failed. */
  get failures(): number {
    return this.#trouble.failures;
  }

  /** The time at which everything was stored last, in milliseconds of Unix time; NaN before. */
  get lastStoredAt(): number {
    return this.#lastStoredAt;
  }

  /** Store at intervals from now on. @param take takes the counts of this process, if it has any */
  start(take?: OwnCounts['take']): void {
    this.#take = take;
    this.#schedule(this.#settings.intervalMs);
  }

  /** Use other settings. */
  use(settings: KeeperOptions['settings']): void {
    this.#settings = settings;
    if (this.#timer !== undefined) this.#schedule(settings.intervalMs);
  }

  /** Add counts of another process, and the time up to which they are complete. */
  add(run: LedgerRun, counts: readonly DayCount[]): void {
    this.#unstored.add(run, counts);
    this.#reportLost();
    // Those of many workers may not fit until the interval is over.
    const isFilling = this.waiting > this.#limits.ledgerHeldCells / 2;
    if (isFilling && !this.#trouble.isOpen && !this.#isClosed) void this.store();
  }

  /** Note that another process has ended. */
  end(boot: string): void {
    this.#unstored.end(boot);
  }

  /** Store everything now; resolves with false if that failed, and never rejects. */
  store(): Promise<boolean> {
    this.#storing ??= this.#storeAll().finally(() => (this.#storing = undefined));
    return this.#storing;
  }

  /** Store what is left within a time, and close the store; resolves with false if something was not stored. */
  async close(limitMs: number): Promise<boolean> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const late = sleep(limitMs, false, { ref: false });
    // A write that is in flight may have begun before the last counts.
    const stored = Promise.resolve(this.#storing).then(() => this.store());
    const isStored = await Promise.race([stored, late]);
    if (!isStored) this.#options.log.error('ledger not stored at the end', { waiting: this.waiting });
    await Promise.race([this.#store.close().catch(() => undefined), late]);
    return isStored;
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      void this.store().then(() => this.#schedule(this.#trouble.pauseMs(this.#settings.intervalMs, this.#limits)));
    }, delayMs).unref();
  }

  async #storeAll(): Promise<boolean> {
    await this.#takeAll();
    try {
      await this.#storeSlices();
      await this.#trim();
      this.#lastStoredAt = this.#options.now();
      if (this.#trouble.end()) this.#countAgain();
      return true;
    } catch (error) {
      this.#trouble.begin(error, this.waiting);
      return false;
    }
  }

  /** Let all counts of today be taken once more, which makes up for those that were lost. */
  #countAgain(): void {
    this.#unstored.expectAgain(dayNumberOf(this.#options.now()));
    this.#options.onStoredAgain?.();
  }

  /** Take the counts of this process in slices, so that many of them do not hold the event loop. */
  async #takeAll(): Promise<void> {
    const { ledgerSliceRows } = this.#limits;
    while (this.#take !== undefined) {
      const { run, counts } = this.#take(ledgerSliceRows);
      this.add(run, counts);
      if (counts.length < ledgerSliceRows) return;
      await nextTurn();
    }
  }

  async #storeSlices(): Promise<void> {
    for (;;) {
      const slice = this.#unstored.next(this.#limits.ledgerSliceRows);
      if (slice === undefined) return;
      await this.#watched(this.#store.write(slice.run, slice.counts));
      this.#unstored.drop(slice);
      // Others have their turn between two slices, also if the store is so fast that it does not wait.
      await nextTurn();
    }
  }

  /** Wait for the store, and report when it takes too long. */
  async #watched(work: Promise<void>): Promise<void> {
    const timer = setTimeout(() => this.#trouble.slow(this.waiting), this.#limits.ledgerWriteMs).unref();
    try {
      await work;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Remove old days, once a day. */
  async #trim(): Promise<void> {
    const today = dayNumberOf(this.#options.now());
    const { days } = this.#settings;
    const before = dayText(today - days);
    if (before === this.#trimmedDay) return;
    await this.#store.trim(before, dayText(today - 2 * days));
    this.#trimmedDay = before;
  }

  #reportLost(): void {
    const { lost } = this.#unstored;
    if (this.#lost === 0 && lost > 0) this.#options.log.error('ledger counts lost', { waiting: this.waiting });
    this.#lost = lost;
  }
}
