import { createAdmin } from './admin.ts';
import { createCallers, type Callers } from './callers.ts';
import { closeAtOnce, listen } from './listen.ts';
import { adminPlace, removeStaleSocket } from './places.ts';
import type { Tracing } from '../observe/tracing/tracing.ts';
import type { Log } from '../observe/log.ts';
import type { Config } from '../config/settings.ts';

/** A gateway that serves in this process. */
export interface Gateway {
  readonly url: string;
  readonly adminUrl: string;
  readonly metrics: Pick<Callers['metrics'], 'setReload'>;
  /** Use another configuration, as {@link Callers} does. */
  readonly reload: Callers['reload'];
  /** Become not ready, finish the running exchanges within the shutdown timeout, and close both ports. */
  drain(): Promise<void>;
}

/**
 * Start both ports in this process; the gateway is ready when the promise resolves.
 * @throws {TlsFileError} for a file that cannot be used; the error of a port that cannot be used
 */
export async function startGateway(config: Config, log: Log, version = '', tracing?: Tracing): Promise<Gateway> {
  const callers = createCallers(config, log, version, tracing);
  const admin = createAdmin(callers.isReady, callers.metrics);
  const adminUrl = await listen(admin, adminPlace(config));
  const listening = removeStaleSocket(config).then(() => callers.listen());
  const url = await listening.catch(async (error: unknown) => {
    await closeAtOnce(admin);
    throw error;
  });
  log.info('ready', { url, adminUrl, profile: config.upstream.profile });
  const drain = async (): Promise<void> => {
    const isInTime = await callers.drain();
    await closeAtOnce(admin);
    log.info('stopped', { isInTime });
  };
  return { url, adminUrl, metrics: callers.metrics, reload: callers.reload, drain };
}
