import { createEnding, endOnDefects, endOnSignals } from './ending.ts';
import { startGateway } from '../server/gateway.ts';
import type { Log } from '../observe/log.ts';
import type { Config } from '../config/settings.ts';

/** The gateway as one process. @throws what startGateway throws */
export async function runSingle(config: Config, log: Log, version: string): Promise<void> {
  const starting = startGateway(config, log, version);
  const end = createEnding(log, async () => {
    const gateway = await starting;
    await gateway.drain();
    return 0;
  });
  endOnSignals(end);
  process.on('SIGHUP', () => void starting.then((gateway) => gateway.reload()));
  // Without a listener the signal would end the process at once.
  process.on('SIGUSR2', () => log.warn('one process cannot restart its workers', { setting: 'workers' }));
  await starting;
  endOnDefects(log, end);
}
