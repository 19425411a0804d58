import type { Operation } from '../../compute/operation.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { gatewayLink, type LinkBase } from '../../upstream/links.ts';

/**
 * Find the value of Location; undefined if the operation has none. For a resource it is the self link, as in legacy Nova;
 * else the cloud's Location; else the path of the subject. For a new resource in a collection it is the path of the
 * collection with the last segment of the cloud's Location.
 * @param self the self link of the resource; undefined for none
 * @param pathOf returns the path of a route at the cloud
 */
export function locationOf(
  { headers }: CloudAnswer,
  { location, subject }: Operation,
  self: string | undefined,
  pathOf: (route: string) => string,
  links: LinkBase,
): string | undefined {
  if (location === undefined) return undefined;
  const given = typeof headers['location'] === 'string' ? headers['location'] : undefined;
  const href =
    location === 'self'
      ? (self ?? given ?? (subject && pathOf(subject)))
      : given?.replace(/^.*(?=\/)/s, () => pathOf(location.collection));
  if (href === undefined) return undefined;
  const link = gatewayLink(href, links);
  // A header field may contain only ASCII.
  return /^[\x21-\x7e]*$/.test(link) ? link : link.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
