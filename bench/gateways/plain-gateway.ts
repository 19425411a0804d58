import { join } from 'node:path';
import { startChild } from '../processes/child-process.ts';
import { costsOf } from '../processes/process-costs.ts';
import { freePort, untilListening } from '../processes/ports.ts';
import type { StartGateway } from './bench-gateway.ts';

/** What a user would take to pass bytes through: http-proxy-middleware in Express; everything is measured against it. */
export const plainGateway =
  (nodeOptions: readonly string[] = []): StartGateway =>
  async (cloudUrl, cores) => {
    const port = await freePort();
    const child = startChild({
      command: process.execPath,
      args: [...nodeOptions, join(import.meta.dirname, 'plain-proxy.ts'), `${port}`, cloudUrl],
      cores,
      env: { NODE_ENV: 'production' },
    });
    await untilListening(child, port);
    return {
      url: `http://127.0.0.1:${port}`,
      pid: child.pid,
      startSeconds: costsOf(child.pid)?.cpuSeconds,
      stderr: child.stderr,
      clearLog: () => undefined,
      stop: () => child.stop(),
    };
  };
