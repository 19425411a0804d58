import { largestPort } from '../../config/settings/forms.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { regionUrl } from '../exchange/region.ts';

const hostForm = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;
/** A path that a proxy takes away: names without dot segments and without characters that mean something in a link. */
const prefixForm = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+){1,16}\/?$/;
/** The longest such path, in characters. */
const longestPrefix = 256;

/** Find the URL by which the caller reaches the cloud of its request: that of the gateway, or that of the region of the request. */
export function publicUrl(exchange: Pick<Exchange, 'request' | 'origin' | 'region'>, setting: string): string {
  return regionUrl(exchange.region, gatewayUrl(exchange, setting));
}

/**
 * Find the URL by which the caller reaches the gateway: the setting; else the trusted proxy's fields for host, scheme and
 * prefix; else Host. An invalid host must not get into links: the address of the socket replaces it.
 */
export function gatewayUrl(exchange: Pick<Exchange, 'request' | 'origin'>, setting: string): string {
  if (setting !== '') return setting;
  const { request, origin } = exchange;
  const host = callersHost(exchange) ?? ownAddress(request);
  return `${schemeOf(origin.scheme, request)}://${host}${prefixOf(origin.prefix)}`;
}

/** Find the host that the caller used, with its port: by the trusted proxy's fields, else Host; undefined without a valid one. */
export function callersHost({ request, origin }: Pick<Exchange, 'request' | 'origin'>): string | undefined {
  return [origin.host, request.headers.host].find(isHost);
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
