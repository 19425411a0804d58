import { closeSync, openSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../processes/child-process.ts';
import { costsOf } from '../processes/process-costs.ts';
import { freePort, untilListening } from '../processes/ports.ts';
import { workFilePath } from '../processes/work-files.ts';
import type { BenchGateway, StartGateway } from './bench-gateway.ts';

const main = join(import.meta.dirname, '../../dist/main.js');

/** More than any benchmark sends: 1 MiB of personality, with what is around it. */
const mostBytes = 4_194_304;

/** How this gateway is run. */
export interface GatewayOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** What node is given before the program. */
  readonly nodeOptions?: readonly string[];
  /** Where the log goes: a file, as by default, or a pipe that nobody but `cat` reads. */
  readonly log?: 'file' | 'pipe';
  /** Where the reader of the pipe runs. */
  readonly readerCores?: string | undefined;
}

let started = 0;

/** This gateway as its image runs it: checks, notes, access log and metrics on; only the limits are higher. */
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
      env: {
        NODE_ENV: 'production',
        GATEWAY_PORT: `${port}`,
        GATEWAY_ADMIN_PORT: `${adminPort}`,
        GATEWAY_UPSTREAM_URL: cloudUrl,
        GATEWAY_UPSTREAM_PROFILE: 'nova',
        GATEWAY_REQUEST_MAX_BYTES: `${mostBytes}`,
        GATEWAY_PERSONALITY_MAX_CONTENTS_CHARACTERS: `${mostBytes}`,
        GATEWAY_SHUTDOWN_NOTICE_MS: '0',
        GATEWAY_SHUTDOWN_TIMEOUT_MS: '2000',
        ...settings,
      },
    });
    closeSync(file);
    reader?.process.stdin?.destroy();
    // The port for callers is opened last.
    await untilListening(child, port);
    return {
      url: `http://127.0.0.1:${port}`,
      pid: child.pid,
      startSeconds: costsOf(child.pid)?.cpuSeconds,
      stderr: child.stderr,
      clearLog: () => truncateSync(path),
      stop: async () => {
        await child.stop();
        await reader?.stop();
      },
    };
  };
}
