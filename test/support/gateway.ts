import { loadConfig } from '../../src/config.ts';
import { startGateway } from '../../src/gateway.ts';
import type { Log, LogFields } from '../../src/log.ts';

/** A line that the gateway logged. */
export interface LogLine {
  readonly event: string;
  readonly fields: LogFields;
}

/** A gateway in this process, on free ports. */
export interface TestGateway {
  readonly url: string;
  readonly adminUrl: string;
  readonly log: readonly LogLine[];
  stop(): Promise<void>;
}

/** Starts a gateway in front of a cloud; `settings` are environment variables. */
export async function startTestGateway(
  cloudUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<TestGateway> {
  const lines: LogLine[] = [];
  const keep = (event: string, fields: LogFields = {}): void => void lines.push({ event, fields });
  const log: Log = { info: keep, warn: keep, error: keep, close: () => Promise.resolve() };
  const config = loadConfig({
    GATEWAY_PORT: '0',
    GATEWAY_ADMIN_PORT: '0',
    GATEWAY_UPSTREAM_URL: cloudUrl,
    GATEWAY_SHUTDOWN_TIMEOUT_MS: '500',
    ...settings,
  });
  const gateway = await startGateway(config, log);
  return { url: gateway.url, adminUrl: gateway.adminUrl, log: lines, stop: () => gateway.drain() };
}
