import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '../../config/settings.ts';
import { describeDefect } from '../../observe/defect.ts';
import type { Log } from '../../observe/log.ts';
import type { DayCount, LedgerKey, LedgerRun } from '../entry.ts';
import type { CountedNeeds } from './counted-needs.ts';
import { safeText } from './safe-text.ts';
import { Tally } from './tally.ts';

/** The function that counts the needs of an exchange that has ended. It never throws. */
export type CountNeeds = (exchange: CountedNeeds) => void;

/** A run with those of its counts that have changed. */
export interface TakenCounts {
  readonly run: LedgerRun;
  readonly counts: readonly DayCount[];
}

/** The counts of this process, which are a run of the ledger. */
export interface OwnCounts {
  readonly count: CountNeeds;
  /** Take some of the counts that have changed since they were taken last; fewer than `most` if these were all. */
  readonly take: (most: number) => TakenCounts;
  /** Take all counts of today with the next ones, because the store may have lost them. */
  readonly takeAllAgain: () => void;
  /** Begin with the keys that the ledger has. */
  readonly prime: (keys: readonly LedgerKey[]) => void;
  readonly use: (settings: Config['ledger']) => void;
  /** End the run: the counts that are taken after it are its last ones. */
  readonly end: () => void;
  /** The number of keys, and of counts under `(other)`. */
  readonly readings: { readonly keys: number; readonly others: number };
}

/** The surroundings of the counts. */
export interface CountSurroundings {
  readonly version: string;
  readonly log: Log;
  readonly now: () => number;
}

/** Longest name of an instance, in characters. */
const longestInstance = 128;

/** Name this gateway in the ledger. */
export function instanceOf({ instance }: Pick<Config['ledger'], 'instance'>): string {
  return safeText(instance === '' ? hostname() : instance, longestInstance);
}

/** Begin the counts of this process. */
export function createOwnCounts(settings: Config['ledger'], { version, log, now }: CountSurroundings): OwnCounts {
  const onFull = (): void => log.warn('ledger full', { setting: 'ledger.maxKeys', keys: tally.size });
  const tally = new Tally({ maxKeys: settings.maxKeys, now, onFull });
  const begun = { instance: instanceOf(settings), boot: randomUUID(), version, startedAt: now() };
  let isClosed = false;
  let hasDefect = false;
  const count: CountNeeds = (exchange) => {
    try {
      tally.count(exchange);
    } catch (error) {
      // An error here would be one of the exchange; once tells enough.
      if (!hasDefect) log.error('ledger defect', { ...describeDefect(error) });
      hasDefect = true;
    }
  };
  return {
    count,
    take: (most) => {
      const storedAt = now();
      const counts = tally.take(most);
      return { run: { ...begun, storedAt, isClosed, others: tally.others }, counts };
    },
    takeAllAgain: () => tally.takeAllAgain(),
    prime: (keys) => tally.prime(keys),
    use: ({ maxKeys }) => tally.limit(maxKeys),
    end: () => {
      isClosed = true;
    },
    readings: {
      get keys() {
        return tally.size;
      },
      get others() {
        return tally.others;
      },
    },
  };
}
