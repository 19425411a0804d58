import { testSettings } from './settings.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/settings.ts';
import type { Tracing } from '../../src/observe/tracing/tracing.ts';
import { startLedger } from '../../src/process/ledger/start-ledger.ts';
import { createReload } from '../../src/process/reload.ts';
import { startGateway } from '../../src/server/gateway.ts';
import type { Log, LogFields } from '../../src/observe/log.ts';
import { createChanges } from './changes.ts';
import { inTime } from './in-time.ts';

/** A line that the gateway logged. */
export interface LogLine {
  readonly event: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: LogFields;
}

/** A gateway in this process, on free ports. */
export interface TestGateway {
  readonly url: string;
  readonly adminUrl: string;
  readonly log: readonly LogLine[];
  /** Resolves when the log has this many lines of an event. */
  logged(event: string, count: number): Promise<void>;
  /** Read what SIGHUP reads, with other settings from now on. @returns false if it is refused */
  readonly reload: (settings?: Readonly<Record<string, string>>) => boolean;
  /** Forget the lines that were logged. */
  readonly forget: () => void;
  stop(): Promise<void>;
}

/** The function that starts the tracing of a gateway. */
export type TracedBy = (config: Config, log: Log) => Promise<Tracing | undefined>;

/** Start a gateway in front of a cloud; `settings` are environment variables. */
export async function startTestGateway(
  cloudUrl: string,
  settings: Readonly<Record<string, string>> = {},
  traced?: TracedBy,
): Promise<TestGateway> {
  const lines: LogLine[] = [];
  const { changed, until } = createChanges();
  const keep =
    (level: LogLine['level']) =>
    (event: string, fields: LogFields = {}): void => {
      lines.push({ event, level, fields });
      changed();
    };
  const log: Log = {
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
    writeLine: () => undefined,
    close: () => Promise.resolve(),
  };
  const environment: Record<string, string> = {
    ...testSettings,
    GATEWAY_PORT: '0',
    GATEWAY_ADMIN_PORT: '0',
    GATEWAY_SHUTDOWN_NOTICE_MS: '0',
    GATEWAY_UPSTREAM_URL: cloudUrl,
    // With `auto` the cloud would receive requests besides those of the test.
    GATEWAY_UPSTREAM_LEGACY_PATH: 'v2',
    GATEWAY_SHUTDOWN_TIMEOUT_MS: '500',
    ...settings,
  };
  let config = loadConfig(environment);
  const tracing = await traced?.(config, log);
  const ledger = await startLedger(config, { version: 'test', log, isCounting: true });
  const gateway = await startGateway(config, log, 'test', { tracing, ledger });
  const reload = createReload({
    environment,
    log,
    setReload: gateway.metrics.setReload,
    current: () => config,
    use: (next, resources) => {
      gateway.reload(next, resources);
      config = next;
    },
  });
  return {
    url: gateway.url,
    adminUrl: gateway.adminUrl,
    log: lines,
    logged: (event, count) =>
      inTime(
        until(() => lines.filter((line) => line.event === event).length >= count),
        `the log has no ${count} lines of "${event}"`,
      ),
    reload: (changes) => {
      Object.assign(environment, changes);
      return reload('reload');
    },
    forget: () => void (lines.length = 0),
    stop: () => gateway.drain(),
  };
}
