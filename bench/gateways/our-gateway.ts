import { closeSync, openSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../processes/child-process.ts';
import { freePort, untilListening } from '../processes/ports.ts';
import { workFilePath } from '../processes/work-files.ts';
import { benchGateway, type BenchGateway, type StartGateway } from './bench-gateway.ts';

const main = join(import.meta.dirname, '../../dist/main.js');

/** The limit of bodies, above the largest workload (1 MiB of personality and the rest of the request). */
const maximumBytes = 4_194_304;

/** The options of this gateway. */
export interface GatewayOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** The options of node. */
  readonly nodeOptions?: readonly string[];
  /** The destination of the log: a file (the default), or a pipe to `cat`. */
  readonly log?: 'file' | 'pipe';
  /** The cores of `cat`. */
  readonly readerCores?: string | undefined;
}

let started = 0;

/** Start this gateway as its image runs it, with checks, notes, access log and metrics; only the limits are higher. */
export function ourGateway({
  settings = {},
  nodeOptions = [],
  log = 'file',
  readerCores,
}: GatewayOptions = {}): StartGateway {
  return async (cloudUrl, cores): Promise<BenchGateway> => {
    const [port, adminPort] = [await freePort(), await freePort()];
    started += 1;
    const path = workFilePath(`gateway-${started}.log`);
    const file = openSync(path, 'a');
    const reader =
      log === 'pipe'
        ? startChild({ command: 'cat', args: [], cores: readerCores, stdio: ['pipe', 'ignore', 'ignore'] })
        : undefined;
    const child = startChild({
      command: process.execPath,
      args: ['--max-semi-space-size=16', '--v8-pool-size=1', ...nodeOptions, main],
      cores,
      stdio: ['ignore', reader?.process.stdin ?? file, 'pipe'],
      env: { ...environmentOf(cloudUrl, port, adminPort), ...settings },
    });
    closeSync(file);
    reader?.process.stdin?.destroy();
    // The port for callers is opened last, so the gateway is ready when it accepts connections.
    await untilListening(child, port);
    return {
      ...benchGateway(child, port),
      clearLog: () => truncateSync(path),
      stop: async () => {
        await child.stop();
        await reader?.stop();
      },
    };
  };
}

function environmentOf(cloudUrl: string, port: number, adminPort: number): Readonly<Record<string, string>> {
  return {
    NODE_ENV: 'production',
    GATEWAY_PORT: `${port}`,
    GATEWAY_ADMIN_PORT: `${adminPort}`,
    GATEWAY_UPSTREAM_URL: cloudUrl,
    GATEWAY_UPSTREAM_LEGACY_PATH: 'v2',
    GATEWAY_UPSTREAM_PROFILE: 'nova',
    GATEWAY_REQUEST_MAX_BYTES: `${maximumBytes}`,
    GATEWAY_PERSONALITY_MAX_CONTENTS_CHARACTERS: `${maximumBytes}`,
    GATEWAY_SHUTDOWN_NOTICE_MS: '0',
    GATEWAY_SHUTDOWN_TIMEOUT_MS: '2000',
  };
}
