import type { Fields } from '../schema/fields.ts';
import { isLinkList } from '../schema/tape/link-members.ts';

/** The parts of a link to the gateway. */
export interface LinkBase {
  /** The URL by which the caller reaches the gateway, without a trailing slash. */
  readonly publicUrl: string;
  /** The version in the caller's path, such as `v1.1`; '' keeps the version of the link. */
  readonly version: string;
  /** The path before the version at the cloud; '' for none. */
  readonly cloudPath: string;
}

/** An absolute URL, which may be malformed: some clouds send `https://None/v2/...`. */
const absolute = /^https?:\/\/[^/]*(\/.*|$)/i;
/** The version at the start of a path. */
export const leadingVersion = /^\/v\d+(?:\.\d+)?(?=\/|$)/;
/** A version after an unknown prefix. At the end of the path it is an id, not a version. */
const versionInside = /\/v\d+(?:\.\d+)?(?=\/)/;

/**
 * Convert a link to the cloud to a link to the gateway: the same path below the version, with the caller's version instead of
 * the cloud's. A text that is not a link stays unchanged.
 * @param isBookmark true for a link without a version, in which an id may look like one
 */
export function gatewayLink(href: string, base: LinkBase, isBookmark = false): string {
  const path = absolute.exec(href)?.[1] ?? (href.startsWith('/') ? href : undefined);
  if (path === undefined) return href;
  const own = base.cloudPath !== '' && path.startsWith(`${base.cloudPath}/`) ? path.slice(base.cloudPath.length) : path;
  const found = leadingVersion.exec(own) ?? (isBookmark ? null : versionInside.exec(own));
  if (found === null || base.version === '') return base.publicUrl + own;
  return `${base.publicUrl}/${base.version}${own.slice(found.index + found[0].length)}`;
}

/** Convert every link of a document to one to the gateway, in place. */
export function relink(document: unknown, base: LinkBase): void {
  if (typeof document !== 'object' || document === null) return;
  if (Array.isArray(document)) {
    for (const item of document) relink(item, base);
    return;
  }
  // Parsed JSON has own members only, and a loop over them allocates no list of keys.
  for (const key in document) {
    const value: unknown = (document as Fields)[key];
    if (typeof value !== 'object') continue;
    if (isLinkList(key) && Array.isArray(value)) {
      for (const link of value) convertLink(link, base);
    } else relink(value, base);
  }
}

/** The relations of links to other services, such as the image service. */
export const foreignRelations = ['alternate', 'describedby'] as const;
const isForeign: ReadonlySet<unknown> = new Set(foreignRelations);

function convertLink(link: unknown, base: LinkBase): void {
  if (typeof link !== 'object' || link === null || !('href' in link) || typeof link.href !== 'string') return;
  if ('rel' in link && isForeign.has(link.rel)) return;
  link.href = gatewayLink(link.href, base, 'rel' in link && link.rel === 'bookmark');
}
