import { createReload, type Reload } from './reload.ts';
import { createShutdown, shutDownOnDefects, shutDownOnSignals } from './shutdown.ts';
import { startLedger } from './ledger/start-ledger.ts';
import { startGateway, type Gateway } from '../server/gateway.ts';
import { startTracing, tracingOptions } from '../observe/tracing/start-tracing.ts';
import type { Log, ProcessLog } from '../observe/log.ts';
import type { Config } from '../config/settings.ts';

/** Run the gateway as one process, which reads its configuration again on SIGHUP. @throws the errors of startGateway */
export async function runSingle(config: Config, log: ProcessLog, version: string): Promise<void> {
  const starting = start(config, log, version);
  const serving: Serving = { config };
  const shutDown = createShutdown(log, async () => {
    serving.config = undefined;
    const gateway = await starting;
    await gateway.drain();
    return 0;
  });
  shutDownOnSignals(shutDown);
  const reloading = starting.then((gateway) => reloadOf(gateway, serving, log));
  process.on('SIGHUP', () => void reloading.then((reload) => reload('reload')));
  // Without a listener the signal would end the process at once.
  process.on('SIGUSR2', () => log.warn('one process cannot restart its workers', { setting: 'workers' }));
  await reloading;
  shutDownOnDefects(log, shutDown);
}

/** The configuration in use; undefined while the process ends. */
interface Serving {
  config: Config | undefined;
}

async function start(config: Config, log: Log, version: string): Promise<Gateway> {
  const tracing = await startTracing(process.env, log, tracingOptions(config, version));
  const ledger = await startLedger(config, { version, log, isCounting: true });
  try {
    return await startGateway(config, log, version, { tracing, ledger });
  } catch (error) {
    // A run that never served, as on a port that is in use, is no run that was cut.
    await ledger?.close(0);
    throw error;
  }
}

function reloadOf({ reload, metrics: { setReload } }: Gateway, serving: Serving, log: ProcessLog): Reload {
  return createReload({
    environment: process.env,
    log,
    setReload,
    current: () => serving.config,
    use: (config, resources) => {
      reload(config, resources);
      serving.config = config;
      log.configure(config.log);
    },
  });
}
