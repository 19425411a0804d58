import type { IncomingHttpHeaders } from 'node:http';

/**
 * The hop-by-hop fields (RFC 9110, 7.6.1), and Expect: node answers it itself, and with it the proxy does not report when it
 * begins to send. Transfer-Encoding is not among them, because the proxy needs it to frame a streamed body.
 */
const hopByHop: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'expect',
];

/** The fields that mark the end of a body. */
export const framingFields: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);

/** The fields that describe a body. */
export const contentFields: readonly string[] = [
  'content-type',
  'content-encoding',
  'content-language',
  'content-md5',
  'content-digest',
  'digest',
];

/** The conditions of a request, which apply to the cloud's representation and not to one that is made of it. */
export const conditionFields: readonly string[] = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
];

/**
 * The fields of an answer that another host than the caller obeys, or by which the caller leaves the gateway: Alt-Svc names
 * another address for the same URLs (RFC 7838), and with the others nginx, Apache, lighttpd or Perlbal in front of the gateway
 * would answer with a file or a URL of its own.
 */
export const redirectingFields: readonly string[] = [
  'alt-svc',
  'x-accel-redirect',
  'x-sendfile',
  'x-lighttpd-send-file',
  'x-reproxy-url',
  'x-reproxy-file',
];

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** List the fields that are not forwarded: the hop-by-hop fields and those that Connection lists. */
export function hopByHopNames({ connection = '' }: Headers): ReadonlySet<string> {
  const listed = String(connection);
  return usual.get(listed) ?? withListed(listed);
}

function withListed(connection: string): ReadonlySet<string> {
  const listed = connection
    .split(',')
    .map((name) => name.trim().toLowerCase())
    // A sender must not list end-to-end fields (RFC 9110, 7.6.1); without its framing a body has no end.
    .filter((name) => !framingFields.has(name));
  return new Set([...hopByHop, ...listed]);
}

/** The names for the most common values of Connection, made once instead of for each message. */
const usual: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  ['', 'close', 'keep-alive', 'Keep-Alive'].map((connection) => [connection, withListed(connection)]),
);

/** Remove the hop-by-hop fields in place. */
export function dropHopByHop(headers: IncomingHttpHeaders): void {
  // `delete` costs the same for a missing key, so check first.
  for (const name of hopByHopNames(headers)) if (headers[name] !== undefined) delete headers[name];
}

/** Remove the fields of an answer that are not for the caller, in place: those and the hop-by-hop fields. */
export function dropCloudFields(headers: IncomingHttpHeaders): void {
  dropHopByHop(headers);
  for (const name of redirectingFields) if (headers[name] !== undefined) delete headers[name];
}

/** Call `visit` for each end-to-end field that `except` does not name. This is faster than making a list of pairs. */
export function eachEndToEnd(
  headers: Headers,
  except: ReadonlySet<string>,
  visit: (name: string, value: string | string[]) => void,
): void {
  const dropped = hopByHopNames(headers);
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined && !except.has(name) && !dropped.has(name) && !name.startsWith(':')) visit(name, value);
  }
}

/** Copy the end-to-end fields that `except` does not name. */
export function endToEnd(headers: Headers, except: ReadonlySet<string>): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  eachEndToEnd(headers, except, (name, value) => (kept[name] = value));
  return kept;
}

/** Read the request id of the cloud, by which its operators find the request in their logs. */
export function cloudIdOf(headers: Headers): string | undefined {
  const id = headers['x-compute-request-id'] ?? headers['x-openstack-request-id'];
  return Array.isArray(id) ? id[0] : id;
}
