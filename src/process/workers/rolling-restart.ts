import type { Log } from '../../observe/log.ts';
import type { Reload } from '../reload.ts';
import type { WorkerPool } from './worker-pool.ts';

/**
 * Create the function that replaces all workers one by one: each drains only after its replacement serves. New workers have
 * the configuration as it is now; if it has mistakes, none is replaced. If a replacement does not serve, the restart stops, and
 * the remaining workers stay, with the configuration that they have.
 */
export function createRollingRestart(pool: WorkerPool, reload: Reload, log: Log): () => Promise<void> {
  let isInProgress = false;
  return async () => {
    if (isInProgress || !pool.isRunning) {
      log.warn('workers not restarted: a restart, the start or the shutdown is in progress');
      return;
    }
    const former = pool.config;
    if (!reload('new-port')) {
      log.error('restart of the workers given up');
      return;
    }
    isInProgress = true;
    log.info('restarting workers');
    const given = pool.config;
    const isComplete = await replaceAll(pool);
    isInProgress = false;
    if (isComplete) {
      log.info('workers restarted');
      return;
    }
    log.error('restart of the workers given up');
    if (pool.config === given) pool.config = former;
  };
}

/** Replace all workers. @returns false if a replacement did not serve, or the pool began to drain */
async function replaceAll(pool: WorkerPool): Promise<boolean> {
  // Iterate over a copy, because new workers are added to the set.
  for (const former of Array.from(pool.workers)) {
    // A worker that was lost in the meantime has been replaced already.
    if (former.state !== 'serving') continue;
    if (!pool.isRunning || (await pool.add().serving) === undefined) return false;
    await pool.retire(former);
  }
  return true;
}
