import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOwnAddress } from '../../config/combinations/own-address.ts';
import type { CheckedConfig } from '../../config/settings.ts';
import { codeOf, type Finding, type Target } from './finding.ts';

/** Find the addresses of the cloud, and refuse those at which the gateway itself listens. */
export async function findAddresses(
  { host, port, setting, timeoutMs }: Target,
  config: CheckedConfig,
): Promise<Finding> {
  const step = 'DNS';
  const timer = new AbortController();
  try {
    const late = sleep(timeoutMs, undefined, { signal: timer.signal });
    const found = await Promise.race([lookup(host, { all: true }), late]);
    if (found === undefined) {
      const text = `no answer for ${host} within ${timeoutMs} ms: check the name servers of this machine`;
      return { step, isOk: false, text };
    }
    const addresses = [...new Set(found.map(({ address }) => address))];
    const own = addresses.find((address) => isOwn(address, port, config));
    if (own !== undefined) {
      const text = `${host} is ${own}, and port ${port} is the gateway's own: a loop. Set ${setting} to the cloud itself`;
      return { step, isOk: false, text };
    }
    return {
      step,
      isOk: true,
      text: isIP(host) === 0 ? `${host} is ${addresses.join(', ')}` : `${host} is an address`,
    };
  } catch (error) {
    return { step, isOk: false, text: `${host} has no address (${codeOf(error)}): check the host in ${setting}` };
  } finally {
    timer.abort();
  }
}

function isOwn(
  address: string,
  port: number,
  { host, port: ownPort, socket, admin, identity }: CheckedConfig,
): boolean {
  const cloudUrl = `http://${isIP(address) === 6 ? `[${address}]` : address}:${port}`;
  const callers = socket === '' ? [{ host, port: ownPort }] : [];
  const logins = identity.ports.map((each) => ({ host, port: each }));
  return [...callers, ...logins, admin].some((own) => isOwnAddress({ ...own, cloudUrl }));
}

/** Connect, and close the connection again. */
export function connectTcp({ host, port, setting, timeoutMs }: Target): Promise<Finding> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (isOk: boolean, text: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ step: 'TCP', isOk, text });
    };
    const timer = setTimeout(
      () => end(false, `${host} port ${port} does not answer within ${timeoutMs} ms: a firewall, or another host`),
      timeoutMs,
    );
    socket.on('error', (error) =>
      end(false, `${host} port ${port} (${codeOf(error)}): check ${setting} and the network`),
    );
    socket.once('connect', () => end(true, `connected to ${socket.remoteAddress ?? host} port ${port}`));
  });
}
