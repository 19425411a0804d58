import { preferredRange } from './negotiate.ts';
import { splitList } from './split-list.ts';

/** The versions of the path prefixes, by the value of the parameter. */
const prefixes: ReadonlyMap<string, string> = new Map([
  ['1.1', 'v1.1'],
  ['2', 'v2'],
  ['2.1', 'v2.1'],
]);

/**
 * Find the path prefix of the version that a parameter of the media type names, such as `application/xml;version=2`. As in
 * legacy Nova, Content-Type decides before the best range of Accept, and an unknown version counts as none.
 */
export function namedVersion(contentType: string | undefined, accept: string | undefined): string | undefined {
  const own = contentType === undefined ? undefined : versionIn(contentType);
  const wished = accept === undefined || !accept.includes('version') ? undefined : preferredRange(accept);
  return own ?? (wished === undefined ? undefined : versionIn(wished));
}

function versionIn(mediaType: string): string | undefined {
  if (!mediaType.includes(';')) return undefined;
  for (const parameter of splitList(mediaType, ';').slice(1)) {
    const value = /^\s*version\s*=\s*"?([^"\s]*)"?\s*$/i.exec(parameter)?.[1];
    if (value !== undefined) return prefixes.get(value);
  }
  return undefined;
}
