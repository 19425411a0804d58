import type { Log } from '../../observe/log.ts';
import type { Fleet } from './fleet.ts';

/**
 * Replaces the workers one by one, each by a new one that serves before its predecessor drains; new ones read the
 * configuration again. Where a new one does not serve, the others go on as they are.
 */
export function createRestart(fleet: Fleet, log: Log): () => Promise<void> {
  let isUnderWay = false;
  const restart = async (): Promise<boolean> => {
    // Not the new ones, which are added meanwhile.
    for (const former of Array.from(fleet.members)) {
      // One that was lost in the meantime has been replaced.
      if (former.phase() !== 'serving') continue;
      if (!fleet.isRunning() || (await fleet.begin().served) === undefined) return false;
      await fleet.retire(former);
    }
    return true;
  };
  return async () => {
    if (isUnderWay || !fleet.isRunning()) {
      log.warn('no restart of the workers: one is under way, or the start, or the end');
      return;
    }
    isUnderWay = true;
    log.info('restarting workers');
    const isDone = await restart();
    isUnderWay = false;
    if (isDone) log.info('workers restarted');
    else log.error('restart of the workers given up');
  };
}
