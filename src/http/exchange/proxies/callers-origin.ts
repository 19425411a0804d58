import type { IncomingHttpHeaders } from 'node:http';
import { addressIn } from './address.ts';
import { elementsFromRight, itemsFromRight, type ForwardedElement } from './forwarded-field.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

/**
 * The most proxies in a row that are followed. Real sites have up to five; a caller behind a trusted proxy can name as many
 * trusted addresses as fit into the header section.
 */
const mostHops = 32;

/** The request as the caller sent it, as far as trusted proxies say. Unset members are those that none of them says. */
export interface CallersOrigin {
  /** The IP address of the caller: the nearest that is no trusted proxy; '' for the peer of a unix socket. */
  readonly client: string;
  readonly scheme: string | undefined;
  readonly host: string | undefined;
  /** The path that the outer proxy took away before it passed the request on. */
  readonly prefix: string | undefined;
  /** The nodes that a trusted peer names before itself, from left to right. The cloud gets them in the forwarding fields. */
  readonly nodes: readonly string[];
}

/**
 * Find out where a request comes from: from the peer of the connection, or, if that is a trusted proxy, from where its
 * fields say.
 */
export function callersOrigin(peer: string, headers: IncomingHttpHeaders, proxies: TrustedProxies): CallersOrigin {
  if (!proxies.trusts(peer)) return { client: peer, scheme: undefined, host: undefined, prefix: undefined, nodes: [] };
  const isForwarded = readsForwarded(headers, proxies);
  const hops = isForwarded ? elementsFromRight(headers.forwarded) : addressesFromRight(headers['x-forwarded-for']);
  const chain = [...hops.take(mostHops)];
  const { client, scheme, host } = followed(peer, chain, proxies);
  return {
    client,
    scheme: isForwarded ? scheme : nearest(headers['x-forwarded-proto']),
    host: isForwarded ? host : nearest(headers['x-forwarded-host']),
    prefix: nearest(headers['x-forwarded-prefix']),
    nodes: chain.map((hop) => hop.for ?? '').toReversed(),
  };
}

/**
 * Follow a chain of proxies. Each appends what it knows of the hop before it, so the chain is read from the right for as
 * long as the addresses are those of trusted proxies; anybody may have written the items further left. The
 * outermost trusted proxy counts, because it received the caller's own request. An item that names no address ends the chain.
 */
function followed(
  peer: string,
  chain: readonly ForwardedElement[],
  { trusts }: TrustedProxies,
): Pick<CallersOrigin, 'client' | 'scheme' | 'host'> {
  let origin: Pick<CallersOrigin, 'client' | 'scheme' | 'host'> = { client: peer, scheme: undefined, host: undefined };
  for (const { for: node = '', proto = origin.scheme, host = origin.host } of chain) {
    const address = addressIn(node);
    origin = { client: address ?? origin.client, scheme: proto, host };
    if (address === undefined || !trusts(address)) break;
  }
  return origin;
}

/**
 * Check which fields count. Most proxies write X-Forwarded-* and pass a Forwarded of the caller on, so with `auto` Forwarded
 * counts only without them.
 */
function readsForwarded(headers: IncomingHttpHeaders, { fields }: TrustedProxies): boolean {
  if (fields !== 'auto') return fields === 'forwarded';
  return headers.forwarded !== undefined && !described.some((name) => headers[name] !== undefined);
}

const described = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];

function* addressesFromRight(field: string | string[] = ''): Generator<ForwardedElement, void> {
  for (const item of itemsFromRight(field.toString())) yield { for: item, host: undefined, proto: undefined };
}

/**
 * Take the right-most value, which the nearest proxy has written. It is unknown who wrote the others: a
 * proxy that appends to one of these fields passes another on as the caller wrote it.
 */
function nearest(field: string | string[] | undefined): string | undefined {
  if (field === undefined) return undefined;
  const [item] = itemsFromRight(field.toString()).take(1);
  return item;
}
