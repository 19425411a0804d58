import type { Log } from '../../observe/log.ts';
import type { WorkerPool } from './worker-pool.ts';

/**
 * Create the function that replaces all workers one by one: each drains only after its replacement serves. New workers read
 * the configuration again. If a replacement does not serve, the restart stops, and the remaining workers stay.
 */
export function createRollingRestart(pool: WorkerPool, log: Log): () => Promise<void> {
  let isInProgress = false;
  return async () => {
    if (isInProgress || !pool.isRunning) {
      log.warn('workers not restarted: a restart, the start or the shutdown is in progress');
      return;
    }
    isInProgress = true;
    log.info('restarting workers');
    const isComplete = await replaceAll(pool);
    isInProgress = false;
    if (isComplete) log.info('workers restarted');
    else log.error('restart of the workers given up');
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
