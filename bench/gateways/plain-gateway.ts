import { join } from 'node:path';
import { startChild } from '../processes/child-process.ts';
import { freePort, untilListening } from '../processes/ports.ts';
import { benchGateway, type StartGateway } from './bench-gateway.ts';

/** Starts http-proxy-middleware in Express, the usual choice for passing bytes through and the base of all ratios. */
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
    return benchGateway(child, port);
  };
