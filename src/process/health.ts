import { Agent, get, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, get as getByTls } from 'node:https';
import type { Config } from '../config/settings.ts';

/** Longest wait for the answer; the health check of a container gives up after 3 s. */
const mostWaitMs = 2000;

/**
 * Ask a gateway that runs with the same configuration whether it serves. It never asks a proxy: its agent is its own, because
 * NODE_USE_ENV_PROXY makes that of the process follow HTTP_PROXY. Of TLS it verifies no certificate, as the kubelet does not: it
 * asks this machine and sends no secret, the certificate need not be for this address, and one that has expired must not make
 * a container restart for ever.
 * @returns undefined if it serves, else the reason why not
 */
export function askHealth({ host, port, tls }: Config['admin']): Promise<string | undefined> {
  if (port === 0) return Promise.resolve('admin.port is 0, so that its number is not known');
  const isTls = tls.certFile !== '';
  const url = `${isTls ? 'https' : 'http'}://${hostOf(host)}:${port}/readyz`;
  return new Promise((resolve) => {
    const options = { signal: AbortSignal.timeout(mostWaitMs) };
    const receive = (response: IncomingMessage): void => {
      response.resume();
      resolve(response.statusCode === 200 ? undefined : `${url} answers ${response.statusCode}`);
    };
    const request = isTls
      ? getByTls(url, { ...options, agent: new TlsAgent(), rejectUnauthorized: false }, receive)
      : get(url, { ...options, agent: new Agent() }, receive);
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
