import { isFields } from '../../../schema/fields.ts';

/** The longest link that becomes a header field, in characters. Node would write any length, and callers read 16 KiB or less. */
const longestLink = 8192;

/** Find the self link of a resource; undefined for none. */
export function selfLinkOf(content: unknown): string | undefined {
  const links: unknown = isFields(content) ? content['links'] : undefined;
  const self: unknown = Array.isArray(links)
    ? links.find((link: unknown) => isFields(link) && link['rel'] === 'self')
    : undefined;
  const href = isFields(self) ? self['href'] : undefined;
  return isSendable(href) ? href : undefined;
}

/** Check that a link can be a header field. */
export function isSendable(href: unknown): href is string {
  return typeof href === 'string' && href.length <= longestLink;
}
