import { feedDocument } from '../../compute/resources/version.ts';
import { digitsOf } from '../../schema/exact-json.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { xmlWriter, type Composer, type Written } from '../../schema/write/write-xml.ts';

/** The media type of feeds, which only versions have. */
export const atomType = 'application/atom+xml';

const write = xmlWriter(feedDocument);

/** Begins a feed of one version, or of several. */
export function composeFeed(title: string): Composer {
  const before: unknown[] = [];
  return {
    add: (slice) => {
      before.push(slice);
    },
    end: (slice) => writeFeed(before.length === 0 ? slice : [...before, slice].flat(), title),
  };
}

/** Versions as the feed that legacy Nova made of them: named by their first links, dated by the latest. */
function writeFeed(content: unknown, title: string): Written {
  const versions = (Array.isArray(content) ? content : [content]).filter(isFields);
  const first = hrefOf(versions[0]);
  const id = Array.isArray(content) ? first.replace(/[^/]*\/*$/, '') : first;
  return write({
    title: plain(title),
    updated:
      versions
        .map(({ updated }) => word(updated))
        .toSorted()
        .at(-1) ?? '',
    id,
    link: { rel: 'self', href: id },
    author: { name: 'Rackspace', uri: 'http://www.rackspace.com/' },
    entry: versions.map((version) => ({
      id: hrefOf(version),
      title: plain(`Version ${word(version['id'])}`),
      updated: version['updated'],
      link: version['links'],
      content: plain(`Version ${word(version['id'])} ${word(version['status'])} (${word(version['updated'])})`),
    })),
  });
}

/** What a cloud may give as a number, or as anything else. */
function word(value: unknown): string {
  return digitsOf(value) ?? (typeof value === 'string' ? value : '');
}

function plain(text: string): Fields {
  return { type: 'text', text };
}

function hrefOf(version: Fields | undefined): string {
  const links: unknown = version?.['links'];
  const [link] = Array.isArray(links) ? links.filter(isFields) : [];
  return typeof link?.['href'] === 'string' ? link['href'] : '';
}
