import { createShutdown, shutDownOnDefects, shutDownOnSignals } from './shutdown.ts';
import { startGateway, type Gateway } from '../server/gateway.ts';
import { startTracing, tracingOptions } from '../observe/tracing/start-tracing.ts';
import type { Log } from '../observe/log.ts';
import type { Config } from '../config/settings.ts';

/** Run the gateway as one process. @throws the errors of startGateway */
export async function runSingle(config: Config, log: Log, version: string): Promise<void> {
  const starting = start(config, log, version);
  const shutDown = createShutdown(log, async () => {
    const gateway = await starting;
    await gateway.drain();
    return 0;
  });
  shutDownOnSignals(shutDown);
  process.on('SIGHUP', () => void starting.then((gateway) => gateway.reload()));
  // Without a listener the signal would end the process at once.
  process.on('SIGUSR2', () => log.warn('one process cannot restart its workers', { setting: 'workers' }));
  await starting;
  shutDownOnDefects(log, shutDown);
}

async function start(config: Config, log: Log, version: string): Promise<Gateway> {
  const tracing = await startTracing(process.env, log, tracingOptions(config, version));
  return startGateway(config, log, version, tracing);
}
