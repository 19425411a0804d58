import { CloudFault } from '../http/cloud-fault.ts';
import type { Call } from './call.ts';
import type { Link } from './links.ts';

/** Nova's default of `[api] max_limit`. */
const MAXIMUM_LIMIT = 1000;

/** A part of a collection, and the link to the next part if there may be one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: readonly Link[];
}

/** Select the page that `limit` and `marker` of the query name. @param collection the path, such as `servers/detail` */
export function pageOf<T extends { readonly id: string }>(call: Call, collection: string, all: readonly T[]): Page<T> {
  const limit = limitOf(call);
  const marker = call.query.get('marker');
  const start = marker === null ? 0 : all.findIndex(({ id }) => id === marker) + 1;
  if (marker !== null && start === 0) throw new CloudFault(400, `marker [${marker}] not found`);
  const items = all.slice(start, start + (limit ?? MAXIMUM_LIMIT));
  const last = items.at(-1);
  // Nova compares lengths only, so that the last page may link to an empty one.
  if (last === undefined || items.length < (limit ?? MAXIMUM_LIMIT)) return { items, next: [] };
  const query = new URLSearchParams(call.query);
  query.delete('marker');
  query.append('marker', last.id);
  return { items, next: [{ rel: 'next', href: `${call.links.self(collection)}?${query.toString()}` }] };
}

/** Create the document of a page: the collection under its name, and its links only if there are any. */
export function pageDocument<T>(name: string, { items, next }: Page<T>, write: (item: T) => unknown): unknown {
  return { [name]: items.map(write), ...(next.length > 0 && { [`${name}_links`]: next }) };
}

function limitOf({ query }: Call): number | undefined {
  const text = query.get('limit');
  if (text === null || text === '') return undefined;
  if (/^\d+$/.test(text)) return Math.min(Number(text), MAXIMUM_LIMIT);
  throw new CloudFault(
    400,
    `Invalid input for query parameters limit. Value: ${text}. '${text}' does not match '^[0-9]*$'`,
  );
}
