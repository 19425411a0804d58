import type { IncomingHttpHeaders } from 'node:http';

/** The fields of which node keeps only the first if they are repeated. */
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

/** Convert header fields in place from undici's form, with arrays for repeated fields, to node's. */
export function toNodeHeaders(headers: Record<string, string | string[] | undefined>): IncomingHttpHeaders {
  // In node's object this key sets the prototype and is not a field.
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

/** Remove the white space after a value, which undici keeps. */
function trimmed(value: string): string {
  let end = value.length;
  // A regular expression would search each run of spaces to its end, from each of its characters.
  while (end > 0 && (value[end - 1] === ' ' || value[end - 1] === '\t')) end -= 1;
  return end === value.length ? value : value.slice(0, end);
}
