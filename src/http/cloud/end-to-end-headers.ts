import type { IncomingHttpHeaders } from 'node:http';

/**
 * The fields that concern one connection only (RFC 9110, 7.6.1), and Expect: node answers it itself, and with it the proxy
 * never says when it begins. Transfer-Encoding is not here: the proxy frames by it what it pipes; cloud.ts withholds it.
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

/** What says where a body ends. */
const framing: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The names that do not go on: the hop-by-hop fields and those that Connection names. */
export function hopByHopNames({ connection = '' }: Headers): ReadonlySet<string> {
  const named = String(connection);
  return usual.get(named) ?? namesBeside(named);
}

function namesBeside(connection: string): ReadonlySet<string> {
  const named = connection
    .split(',')
    .map((name) => name.trim().toLowerCase())
    // A sender must not name what concerns the whole road (RFC 9110, 7.6.1): without it a body has no end.
    .filter((name) => !framing.has(name));
  return new Set([...hopByHop, ...named]);
}

/** The names beside what nearly every sender says of its connection. */
const usual: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  ['', 'close', 'keep-alive', 'Keep-Alive'].map((connection) => [connection, namesBeside(connection)]),
);

/** Takes away what does not go on. */
export function dropHopByHop(headers: IncomingHttpHeaders): void {
  // To delete what is not there costs as much.
  for (const name of hopByHopNames(headers)) if (headers[name] !== undefined) delete headers[name];
}

/** Tells of each header that goes on, without those of the names in `ours`. */
export function eachEndToEnd(
  headers: Headers,
  ours: ReadonlySet<string>,
  tell: (name: string, value: string | string[]) => void,
): void {
  const left = hopByHopNames(headers);
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined && !ours.has(name) && !left.has(name) && !name.startsWith(':')) tell(name, value);
  }
}

/** The headers that go on, without those of the names in `ours`. */
export function endToEnd(headers: Headers, ours: ReadonlySet<string>): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  eachEndToEnd(headers, ours, (name, value) => (kept[name] = value));
  return kept;
}

/** Adds this gateway to Via, as RFC 9110 asks of every gateway. */
export function via(headers: IncomingHttpHeaders): string {
  const self = '1.1 legacy-compute-gateway';
  return headers.via === undefined ? self : `${headers.via}, ${self}`;
}

/** The id by which the cloud knows a request: the support's handle. */
export function cloudIdOf(headers: Headers): string | undefined {
  const id = headers['x-compute-request-id'] ?? headers['x-openstack-request-id'];
  return Array.isArray(id) ? id[0] : id;
}
