import cluster from 'node:cluster';
import { createCallers } from '../../server/callers.ts';
import { createEnding, endOnDefects } from '../ending.ts';
import type { Log, LogFields } from '../../observe/log.ts';
import type { Config } from '../../config/settings.ts';
import type { ToPrimary, ToWorker } from './messages.ts';

/** Signals that reach the whole group of processes, as Ctrl-C does: workers leave them to the primary's orders. */
const leftToPrimary = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const;

/**
 * One of several processes that serve callers: its port is the primary's, and so is its end. Where the primary dies it
 * drains by itself.
 * @throws what startGateway throws
 */
export async function runWorker(config: Config, plainLog: Log, version: string): Promise<void> {
  const { worker } = cluster;
  if (worker === undefined) throw new Error('a worker is started by its primary');
  const log = withWorker(plainLog, worker.id);
  const report = (what: ToPrimary): Promise<void> =>
    new Promise((resolve) => {
      if (worker.isConnected()) worker.send(what, () => resolve());
      else resolve();
    });
  for (const signal of leftToPrimary) process.on(signal, () => undefined);
  const callers = createCallers(config, log, version);
  const starting = callers.listen();
  const end = createEnding(log, async () => {
    await starting;
    void report({ kind: 'draining' });
    const isInTime = await callers.drain();
    log.info('stopped', { isInTime });
    await report({ kind: 'metrics', figures: await callers.metrics.figures() });
    return 0;
  });
  worker.on('disconnect', () => {
    // Or node ends the process at once.
    worker.exitedAfterDisconnect = true;
    // Where the primary passed the lines on, nobody reads them any more.
    process.stdout.on('error', () => undefined);
    log.warn('the primary is gone');
    end(0);
  });
  worker.on('message', (order: ToWorker) => {
    switch (order.kind) {
      case 'drain':
        return end(0);
      case 'reload':
        return callers.reload();
      case 'collect':
        return void callers.metrics.figures().then((figures) => report({ kind: 'metrics', figures }));
      default:
        return order satisfies never;
    }
  });
  const url = await starting;
  endOnDefects(log, end);
  await report({ kind: 'serving', url });
}

/** The log, with the worker in each line. */
function withWorker(log: Log, worker: number): Log {
  const named = (fields?: LogFields): LogFields => ({ worker, ...fields });
  return {
    ...log,
    info: (event, fields) => log.info(event, named(fields)),
    warn: (event, fields) => log.warn(event, named(fields)),
    error: (event, fields) => log.error(event, named(fields)),
  };
}
