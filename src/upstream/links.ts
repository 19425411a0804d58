import type { Fields } from '../schema/fields.ts';

/** How links are made to point at the gateway. */
export interface LinkBase {
  /** The gateway's URL as the caller knows it, without a trailing slash. */
  readonly publicUrl: string;
  /** The version prefix that the caller used, such as `v1.1`; '' keeps the link's own. */
  readonly version: string;
  /** The path in front of the version at the cloud, '' for none. */
  readonly cloudPath: string;
}

/** A URL, however badly built: `https://None/v2/...` is one. */
const absolute = /^https?:\/\/[^/]*(\/.*|$)/i;
const version = /^\/v\d+(?:\.\d+)?(?=\/|$)/;
/** Behind a prefix that nobody told us of; an id at the end is none. */
const versionInside = /\/v\d+(?:\.\d+)?(?=\/)/;

/**
 * A cloud's link as one to the gateway: the same path below the version, the caller's version where it has one.
 * @param isBookmark a bookmark has no version, and may have an id that looks like one
 */
export function gatewayLink(href: string, base: LinkBase, isBookmark = false): string {
  const path = absolute.exec(href)?.[1] ?? (href.startsWith('/') ? href : undefined);
  // What is no link to anywhere is left alone.
  if (path === undefined) return href;
  const own = base.cloudPath !== '' && path.startsWith(`${base.cloudPath}/`) ? path.slice(base.cloudPath.length) : path;
  const found = version.exec(own) ?? (isBookmark ? null : versionInside.exec(own));
  if (found === null || base.version === '') return base.publicUrl + own;
  return `${base.publicUrl}/${base.version}${own.slice(found.index + found[0].length)}`;
}

/** Points every link of a document at the gateway; changes the document. */
export function relink(document: unknown, base: LinkBase): void {
  if (typeof document !== 'object' || document === null) return;
  if (Array.isArray(document)) {
    for (const item of document) relink(item, base);
    return;
  }
  // What was parsed has no members but its own.
  for (const key in document) {
    const value: unknown = (document as Fields)[key];
    if (typeof value !== 'object') continue;
    if ((key === 'links' || key.endsWith('_links')) && Array.isArray(value)) {
      for (const link of value) relinkOne(link, base);
    } else relink(value, base);
  }
}

/** The relations of links that never pointed at this API: to the image service, to documents. */
const elsewhere: ReadonlySet<unknown> = new Set(['alternate', 'describedby']);

function relinkOne(link: unknown, base: LinkBase): void {
  if (typeof link !== 'object' || link === null || !('href' in link) || typeof link.href !== 'string') return;
  if ('rel' in link && elsewhere.has(link.rel)) return;
  link.href = gatewayLink(link.href, base, 'rel' in link && link.rel === 'bookmark');
}
