import { fstatSync } from 'node:fs';
import { createAdmin } from '../../server/admin.ts';
import { createEnding, defectCode, endOnDefects, endOnSignals } from '../ending.ts';
import { cut, listen } from '../../server/listen.ts';
import type { Log } from '../../observe/log.ts';
import { createPrimaryMetrics } from '../../observe/metrics.ts';
import type { Config } from '../../config/settings.ts';
import { createFleet, WorkerStartError, type Fleet } from './fleet.ts';
import { prepareWorkers } from './worker-handle.ts';
import { createRestart } from './rolling-restart.ts';
import { createTally } from './summed-metrics.ts';

/**
 * The gateway as several processes: this one has the admin port and keeps the workers, which serve callers behind one
 * port. Ready while one of them serves; SIGHUP has certificates read again, SIGUSR2 replaces the workers one by one.
 * @throws the error of an admin port that cannot be had
 */
export async function runPrimary(config: Config, log: Log): Promise<void> {
  prepareWorkers(isPipe());
  const metrics = createPrimaryMetrics(() => fleet.serving());
  const tally = createTally(metrics, () => fleet.members);
  const fleet: Fleet = createFleet(config, log, metrics, { counted: tally.note, ended: tally.keep });
  const isReady = (): boolean => fleet.isRunning() && fleet.serving() > 0;
  const admin = createAdmin(isReady, { contentType: metrics.contentType, text: tally.text });
  const adminUrl = await listen(admin, config.admin.host, config.admin.port);

  const end = createEnding(log, async () => {
    const startedAt = performance.now();
    log.info('draining', { workers: fleet.serving() });
    const isGood = await fleet.drain();
    await cut(admin);
    log.info('stopped', { isInTime: performance.now() - startedAt < config.shutdown.timeoutMs });
    return isGood ? 0 : defectCode;
  });
  endOnSignals(end, () => fleet.members.forEach((member) => member.kill()));
  endOnDefects(log, end);
  process.on('SIGHUP', () => fleet.members.forEach((member) => member.order({ kind: 'reload' })));
  const restart = createRestart(fleet, log);
  process.on('SIGUSR2', () => void restart());

  try {
    const url = await fleet.start();
    if (fleet.isRunning())
      log.info('ready', { url, adminUrl, profile: config.upstream.profile, workers: config.workers });
  } catch (error) {
    if (!(error instanceof WorkerStartError)) throw error;
    // It has said why; a second one would say the same.
    end(error.end.code ?? defectCode);
  }
}

/** Whether what this process writes goes into a pipe or a socket, which keep only short writes together. */
function isPipe(): boolean {
  const stdout = fstatSync(process.stdout.fd);
  return stdout.isFIFO() || stdout.isSocket();
}
