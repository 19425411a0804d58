import { largestPort } from '../../config/settings/forms.ts';
import type { Exchange } from '../exchange/exchange.ts';

const hostForm = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;
/** A path that a proxy takes away: names without dot segments and without characters that mean something in a link. */
const prefixForm = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+){1,16}\/?$/;
/** The longest such path, in characters. */
const longestPrefix = 256;

/**
 * Find the URL by which the caller reaches the gateway: the setting; else the trusted proxy's fields for host, scheme and
 * prefix; else Host. An invalid host must not get into links: the address of the socket replaces it.
 */
export function publicUrl({ request, origin }: Pick<Exchange, 'request' | 'origin'>, setting: string): string {
  if (setting !== '') return setting;
  const host = [origin.host, request.headers.host].find(isHost) ?? ownAddress(request);
  return `${schemeOf(origin.scheme, request)}://${host}${prefixOf(origin.prefix)}`;
}

function isHost(named: string | undefined): boolean {
  const found = named === undefined ? null : hostForm.exec(named);
  return found !== null && Number(found[1] ?? 0) <= largestPort;
}

function schemeOf(named: string | undefined, { socket }: Exchange['request']): string {
  const scheme = named?.toLowerCase();
  if (scheme === 'https' || scheme === 'http') return scheme;
  return 'encrypted' in socket ? 'https' : 'http';
}

function prefixOf(named = ''): string {
  return named.length <= longestPrefix && prefixForm.test(named) ? named.replace(/\/$/, '') : '';
}

function ownAddress({ socket }: Exchange['request']): string {
  const address = socket.localAddress;
  // A unix socket has no address.
  if (address === undefined) return 'localhost';
  return `${address.includes(':') ? `[${address}]` : address}:${socket.localPort}`;
}
