import { Agent, get } from 'node:http';
import type { Config } from '../config/settings.ts';

/** Longest wait for the answer; the health check of a container gives up after 3 s. */
const mostWaitMs = 2000;

/**
 * Ask a gateway that runs with the same configuration whether it serves. It never asks a proxy: its agent is its own, because
 * NODE_USE_ENV_PROXY makes that of the process follow HTTP_PROXY.
 * @returns undefined if it serves, else the reason why not
 */
export function askHealth({ host, port }: Pick<Config['admin'], 'host' | 'port'>): Promise<string | undefined> {
  if (port === 0) return Promise.resolve('admin.port is 0, so that its number is not known');
  const url = `http://${hostOf(host)}:${port}/readyz`;
  return new Promise((resolve) => {
    const request = get(url, { agent: new Agent(), signal: AbortSignal.timeout(mostWaitMs) }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? undefined : `${url} answers ${response.statusCode}`);
    });
    request.once('error', (error) => {
      resolve(`${url} does not answer (${'code' in error ? String(error.code) : error.name})`);
    });
  });
}

/** Spell the host of a URL; for the address of all interfaces, use the loopback address. */
function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
