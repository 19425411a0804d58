import type { Operation } from '../../compute/operation.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { gatewayLink, type LinkBase } from '../../upstream/links.ts';
import type { Resource } from '../answer/resource.ts';

/**
 * Find the value of Location; undefined if the operation has none. For a resource it is the self link, as in legacy Nova;
 * else the cloud's Location; else the path of the subject. For a new resource in a collection it is the path of the
 * collection with the last segment of the cloud's Location.
 * @param pathOf returns the path of a route at the cloud
 */
export function locationOf(
  { headers }: CloudAnswer,
  { location, subject }: Operation,
  resource: Resource | undefined,
  pathOf: (route: string) => string,
  links: LinkBase,
): string | undefined {
  if (location === undefined) return undefined;
  const given = typeof headers['location'] === 'string' ? headers['location'] : undefined;
  const self = isFields(resource?.content) ? selfLink(resource.content) : undefined;
  const href =
    location === 'self'
      ? (self ?? given ?? (subject && pathOf(subject)))
      : given?.replace(/^.*(?=\/)/s, () => pathOf(location.collection));
  if (href === undefined) return undefined;
  const link = gatewayLink(href, links);
  // A header field may contain only ASCII.
  return /^[\x21-\x7e]*$/.test(link) ? link : link.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

function selfLink({ links }: Fields): string | undefined {
  const self: unknown = Array.isArray(links)
    ? links.find((link: unknown) => isFields(link) && link['rel'] === 'self')
    : undefined;
  return isFields(self) && typeof self['href'] === 'string' ? self['href'] : undefined;
}
