import type { IncomingHttpHeaders } from 'node:http';

/** Fields of which node keeps the first where they are repeated. */
const single: ReadonlySet<string> = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

/** Rewrite header fields in place from undici's form, with lists for repeated fields, into node's. */
export function inNodesForm(headers: Record<string, string | string[] | undefined>): IncomingHttpHeaders {
  // As a key of node's object it would set the prototype and no field.
  if (Object.hasOwn(headers, '__proto__')) delete headers['__proto__'];
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    if (name === 'set-cookie') headers[name] = (Array.isArray(value) ? value : [value]).map(trimmed);
    else if (!Array.isArray(value)) headers[name] = trimmed(value);
    else
      headers[name] = single.has(name)
        ? trimmed(value[0] ?? '')
        : value.map(trimmed).join(name === 'cookie' ? '; ' : ', ');
  }
  return headers;
}

/** undici keeps the white space behind a value. */
function trimmed(value: string): string {
  return value.endsWith(' ') || value.endsWith('\t') ? value.replace(/[\t ]+$/, '') : value;
}
