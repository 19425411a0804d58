import { setTimeout as sleep } from 'node:timers/promises';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import type { OwnCounts, TakenCounts } from '../../ledger/count/own-counts.ts';

/** The reports of a worker, which its primary stores. */
export interface Reporting {
  /** Use another interval. */
  readonly use: (settings: Config['ledger']) => void;
  /** Send the last counts; resolves when they are sent. */
  readonly close: () => Promise<void>;
}

/**
 * Send the counts of a worker to its primary at intervals, in messages of a bounded size, one after the other. What is not sent
 * when the worker is killed is lost: at most the counts of an interval.
 * @param send resolves when the message has left this process
 */
export function reportCounts(
  own: OwnCounts,
  settings: Config['ledger'],
  send: (taken: TakenCounts) => Promise<void>,
): Reporting {
  const ending = new AbortController();
  let { intervalMs } = settings;
  let stored = 0;
  const report = async (): Promise<void> => {
    let taken = own.take(fixedLimits.ledgerSliceRows);
    while (taken.counts.length === fixedLimits.ledgerSliceRows) {
      const { run, counts } = taken;
      // The counts are complete only with the last message.
      await send({ run: { ...run, storedAt: stored === 0 ? run.startedAt : stored, isClosed: false }, counts });
      taken = own.take(fixedLimits.ledgerSliceRows);
    }
    await send(taken);
    stored = taken.run.storedAt;
  };
  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await sleep(intervalMs, undefined, { ref: false, signal: ending.signal }).catch(() => undefined);
      await report();
    }
  };
  const done = loop();
  return {
    use: (next) => {
      ({ intervalMs } = next);
    },
    close: async () => {
      own.end();
      ending.abort();
      await done;
    },
  };
}
