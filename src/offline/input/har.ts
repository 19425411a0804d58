import { InputError } from './input-error.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import type { GivenRequest } from './given-request.ts';

/** Return the entries of a HAR; undefined for another document. */
export function harEntries(document: unknown): readonly unknown[] | undefined {
  const log = isFields(document) ? document['log'] : undefined;
  const entries = isFields(log) ? log['entries'] : undefined;
  return Array.isArray(entries) ? entries : undefined;
}

/**
 * Read the requests of a HAR (version 1.2). @param only the number of the only entry, from 1; undefined for all
 * @throws {InputError} for an entry without a request, and for a number that no entry has
 */
export function* readHar(entries: readonly unknown[], only: number | undefined): Generator<GivenRequest> {
  if (only !== undefined && only > entries.length)
    throw new InputError(`There is no entry ${only}: the HAR has ${entries.length}.`);
  for (const [index, entry] of entries.entries())
    if (only === undefined || only === index + 1) yield readEntry(entry, index + 1);
}

function readEntry(entry: unknown, number: number): GivenRequest {
  const request = isFields(entry) ? entry['request'] : undefined;
  if (!isFields(request) || typeof request['method'] !== 'string' || typeof request['url'] !== 'string')
    throw new InputError(`Entry ${number}: expected a member request with a method and a url.`);
  const { method, url, headers, postData } = request as Fields & { method: string; url: string };
  return {
    place: `entry ${number}`,
    method,
    target: url.replace(/#.*$/s, ''),
    headers: Array.isArray(headers) ? headers.flatMap(fieldIn) : [],
    body: bodyIn(postData),
  };
}

/** Read a header field; none for a pseudo-field of HTTP/2, such as `:authority`. */
function fieldIn(field: unknown): readonly (readonly [string, string])[] {
  const { name, value } = isFields(field) ? field : {};
  return typeof name === 'string' && typeof value === 'string' && !name.startsWith(':') ? [[name, value]] : [];
}

function bodyIn(postData: unknown): Buffer {
  const { text, encoding } = isFields(postData) ? postData : {};
  if (typeof text !== 'string') return Buffer.alloc(0);
  return Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');
}
