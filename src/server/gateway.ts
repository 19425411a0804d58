import { createAdmin } from './admin.ts';
import { createCallers } from './callers.ts';
import { cut, listen } from './listen.ts';
import type { Log } from '../observe/log.ts';
import type { Config } from '../config/settings.ts';

/** A gateway that serves. */
export interface Gateway {
  readonly url: string;
  readonly adminUrl: string;
  /** Reads the certificate for callers again; connections stay. */
  readonly reload: () => void;
  /** Ends it: not ready, no new connections, running exchanges finish within the limit. */
  drain(): Promise<void>;
}

/**
 * Starts both ports in this process; ready when the promise resolves.
 * @throws {TlsFileError} for a file that cannot be read; the error of a port that cannot be had
 */
export async function startGateway(config: Config, log: Log, version = ''): Promise<Gateway> {
  const callers = createCallers(config, log, version);
  const admin = createAdmin(callers.isReady, callers.metrics);
  const adminUrl = await listen(admin, config.admin.host, config.admin.port);
  const url = await callers.listen().catch(async (error: unknown) => {
    await cut(admin);
    throw error;
  });
  log.info('ready', { url, adminUrl, profile: config.upstream.profile });
  const drain = async (): Promise<void> => {
    const isInTime = await callers.drain();
    await cut(admin);
    log.info('stopped', { isInTime });
  };
  return { url, adminUrl, reload: callers.reload, drain };
}
