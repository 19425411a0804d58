import { digitsOf } from '../../schema/exact-json.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { xmlWriter, type Composer, type Written } from '../../schema/write/write-xml.ts';
import type { Feed } from '../feed.ts';
import { feedDocument } from './version.ts';

const write = xmlWriter(feedDocument);

/** Create the feed form of versions, with a title, as legacy Nova wrote it. */
export function versionFeed(title: string): Feed {
  return { type: 'application/atom+xml', compose: () => composer(title) };
}

function composer(title: string): Composer {
  const before: unknown[] = [];
  return {
    add: (slice) => {
      before.push(slice);
    },
    end: (slice) => writeFeed(before.length === 0 ? slice : [...before, slice].flat(), title),
  };
}

/** Write versions as legacy Nova did: the feed has the id of its first link and the date of its latest version. */
function writeFeed(content: unknown, title: string): Written {
  const versions = (Array.isArray(content) ? content : [content]).filter(isFields);
  const first = hrefOf(versions[0]);
  const id = Array.isArray(content) ? parentOf(first) : first;
  return write({
    title: plainText(title),
    updated:
      versions
        .map(({ updated }) => textOf(updated))
        .toSorted()
        .at(-1) ?? '',
    id,
    link: { rel: 'self', href: id },
    author: { name: 'Rackspace', uri: 'http://www.rackspace.com/' },
    entry: versions.map((version) => ({
      id: hrefOf(version),
      title: plainText(`Version ${textOf(version['id'])}`),
      updated: version['updated'],
      link: version['links'],
      content: plainText(
        `Version ${textOf(version['id'])} ${textOf(version['status'])} (${textOf(version['updated'])})`,
      ),
    })),
  });
}

/** Convert a string or number of the cloud to text; '' for any other value. */
function textOf(value: unknown): string {
  return digitsOf(value) ?? (typeof value === 'string' ? value : '');
}

/** Remove the last segment of a URL. A regular expression would search for its end from each character. */
function parentOf(url: string): string {
  let end = url.length;
  while (end > 0 && url[end - 1] === '/') end -= 1;
  return end === 0 ? '' : url.slice(0, url.lastIndexOf('/', end - 1) + 1);
}

function plainText(text: string): Fields {
  return { type: 'text', text };
}

function hrefOf(version: Fields | undefined): string {
  const links: unknown = version?.['links'];
  const [link] = Array.isArray(links) ? links.filter(isFields) : [];
  return typeof link?.['href'] === 'string' ? link['href'] : '';
}
