import type { Exchange } from '../exchange/exchange.ts';
import { addressIn, nodeOf } from '../exchange/proxies/address.ts';

/**
 * The fields with which proxies describe the request that they received. None of them is passed on: what an untrusted peer
 * writes there is a claim, and what a trusted one writes of host, scheme, port and prefix describes the URL of the gateway.
 * A Nova that reads these (http_proxy_to_wsgi) would write links to a host that the caller chose, and a cloud that reads
 * the last ones would serve another path than the gateway has checked.
 */
export const forwardingFields: ReadonlySet<string> = new Set([
  'forwarded',
  'x-forwarded',
  'forwarded-for',
  'x-forwarded-by',
  'x-forwarded-client-cert',
  'x-forwarded-for',
  'x-forwarded-for-original',
  'x-forwarded-host',
  'x-forwarded-path',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-proto',
  'x-forwarded-protocol',
  'x-forwarded-scheme',
  'x-forwarded-server',
  'x-forwarded-ssl',
  'x-forwarded-uri',
  'x-original-forwarded-for',
  'x-real-ip',
  'x-client-ip',
  'client-ip',
  'x-cluster-client-ip',
  'x-envoy-external-address',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
  'front-end-https',
  'x-scheme',
  'x-url-scheme',
  'x-host',
  'x-http-host-override',
  'x-original-host',
  'x-script-name',
  'x-original-url',
  'x-rewrite-url',
]);

/** The fields by which the cloud learns from where a request came. */
export type OriginFields = Readonly<Record<'x-forwarded-for' | 'forwarded', string>>;

/**
 * Describe the way of a request to the cloud in both families: the nodes that a trusted peer names, and the peer itself.
 * The peer of a unix socket has no address; RFC 7239 (6.2) defines `unknown` for it.
 */
export function originFields({ connection: { peer }, origin: { nodes } }: Exchange): OriginFields {
  // The usual way is a constant of the connection, and needs no lists.
  if (nodes.length === 0) return { 'x-forwarded-for': peer === '' ? unknown : peer, forwarded: `for=${nodeFor(peer)}` };
  const addresses = [...nodes, peer].map((node) => addressIn(node) ?? '');
  return {
    'x-forwarded-for': addresses.map((address) => (address === '' ? unknown : address)).join(', '),
    forwarded: addresses.map((address) => `for=${nodeFor(address)}`).join(', '),
  };
}

const unknown = 'unknown';

function nodeFor(address: string): string {
  return address === '' ? unknown : nodeOf(address);
}

/** A header section of node or undici, with names in lower case. */
type Headers = Record<string, string | string[] | undefined>;

/**
 * Replace the forwarding fields of a request in place, in the spellings with underscores too: WSGI, CGI and PHP make one
 * variable of `X-Forwarded-For` and `X_Forwarded_For`, and a cloud behind one of these would read the claim of a caller.
 */
export function replaceForwardingFields(headers: Headers, fields: OriginFields): void {
  // `delete` costs the same for a missing key, and most requests have none of them.
  for (const name in headers) if (isForwardingField(name)) delete headers[name];
  Object.assign(headers, fields);
}

function isForwardingField(name: string): boolean {
  return forwardingFields.has(name.includes('_') ? name.replaceAll('_', '-') : name);
}
