import { setTimeout as sleep } from 'node:timers/promises';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { ledgerPlaceOf } from '../../config/settings/way-out/ledger-place.ts';
import type { Config } from '../../config/settings.ts';
import type { Log } from '../../observe/log.ts';
import { createOwnCounts, instanceOf, type CountSurroundings, type OwnCounts } from '../count/own-counts.ts';
import type { LedgerKey } from '../entry.ts';
import { openLedgerStore } from '../open/open-store.ts';
import type { LedgerStore } from '../store.ts';
import { reportFormerRun, type StartingInstance } from './former-run.ts';
import { LedgerKeeper } from './ledger-keeper.ts';

/** The ledger of a gateway: the store, and the part that brings counts to it. */
export interface GatewayLedger {
  readonly store: LedgerStore;
  readonly keeper: LedgerKeeper;
  /** Undefined for a primary, whose workers count. */
  readonly own: OwnCounts | undefined;
  /** List the keys of the store, to begin the counts of a process with; none while the store is away. */
  readonly keys: () => Promise<readonly LedgerKey[]>;
  readonly use: (settings: Config['ledger']) => void;
  /** Store everything within a part of the time that is left for the shutdown, and close the store. */
  readonly close: (leftMs: number) => Promise<void>;
}

/** Check that the ledger is switched off. */
export function isLedgerOff({ store }: Pick<Config['ledger'], 'store'>): boolean {
  return ledgerPlaceOf(store)?.kind === 'off';
}

/** The surroundings of a ledger. */
export interface LedgerSurroundings extends Partial<Pick<CountSurroundings, 'now'>>, Omit<CountSurroundings, 'now'> {
  /** True for a process that serves callers itself. */
  readonly isCounting: boolean;
  /** Called when a store is there again, which may have lost what was stored before. */
  readonly onStoredAgain?: () => void;
}

/** Shortest time for the last write, even if the time of the shutdown is over. */
const leastEndMs = 1000;

/**
 * Open the ledger that the settings name; undefined if it is switched off. A store that is away does not hold the start.
 * @throws {LedgerStoreError} for a file that can never be used
 */
export async function openGatewayLedger(
  settings: Config['ledger'],
  { isCounting, onStoredAgain, now = Date.now, ...surroundings }: LedgerSurroundings,
): Promise<GatewayLedger | undefined> {
  if (isLedgerOff(settings)) return undefined;
  const store = await openLedgerStore(settings.store, { access: 'keep' });
  let inUse = settings;
  // The time is before that of the run of this process, which is no former one.
  const gap = createGapReport(store, { instance: instanceOf(settings), startedAt: now() }, surroundings.log);
  const own = isCounting ? createOwnCounts(settings, { ...surroundings, now }) : undefined;
  const keys = (): Promise<readonly LedgerKey[]> => store.keys(inUse.maxKeys).catch(() => []);
  const prime = async (): Promise<void> => own?.prime(await keys());
  const keeper = new LedgerKeeper(store, {
    settings,
    log: surroundings.log,
    now,
    onStoredAgain: () => {
      own?.takeAllAgain();
      onStoredAgain?.();
      void prime().then(() => gap.make(inUse, fixedLimits.ledgerRetryMs));
    },
  });
  void prime().then(() => gap.make(inUse, 0));
  keeper.start(own?.take);
  return {
    store,
    keeper,
    own,
    keys,
    use: (next) => {
      inUse = next;
      own?.use(next);
      keeper.use(next);
    },
    close: async (leftMs) => {
      gap.end();
      own?.end();
      await keeper.close(Math.max(leastEndMs, Math.min(leftMs, fixedLimits.ledgerEndMs)));
    },
  };
}

/** The report of the gap before this start. */
interface GapReport {
  /**
   * Make it, once: at the start, or when the store is there.
   * @param pauseMs the longest pause that other gateways make because of the same trouble with the store
   */
  readonly make: (settings: Pick<Config['ledger'], 'intervalMs'>, pauseMs: number) => Promise<void>;
  /** End its wait. */
  readonly end: () => void;
}

function createGapReport(store: LedgerStore, starting: StartingInstance, log: Log): GapReport {
  const ending = new AbortController();
  let isReported = false;
  return {
    make: async ({ intervalMs }, pauseMs) => {
      if (isReported) return;
      isReported = true;
      // In two intervals a gateway stores something, with its workers as well.
      const waitMs = pauseMs + 2 * intervalMs;
      const wait = (): Promise<void> => sleep(waitMs, undefined, { ref: false, signal: ending.signal });
      await reportFormerRun(store, starting, { log, wait }).catch(() => (isReported = false));
    },
    end: () => ending.abort(),
  };
}
