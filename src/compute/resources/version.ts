import { attribute, element, inline, list, record, string, text } from '../../schema/words.ts';
import { atom, common } from '../namespaces.ts';
import { links } from './links.ts';

const mediaTypes = list(record({ base: attribute(string()), type: attribute(string()) }), { tag: 'media-type' });

/** A version of the API. */
export const version = record({
  status: attribute(string()),
  updated: attribute(string()),
  id: attribute(string()),
  'media-types': element(mediaTypes),
  links,
});

/** The document of one version. */
export const versionDocument = { root: 'version', content: version, ...common } as const;

/** The document of all versions. */
export const versionsDocument = { root: 'versions', content: list(version, { tag: 'version' }), ...common } as const;

/** The document of the versions in which a path is. */
export const choicesDocument = { root: 'choices', content: list(version, { tag: 'version' }), ...common } as const;

/** What legacy Nova said of the version that this gateway speaks, for clouds that have it no more. */
export const legacyVersion = {
  status: 'CURRENT',
  updated: '2011-01-21T11:33:21Z',
  id: 'v2.0',
  'media-types': [
    { base: 'application/xml', type: 'application/vnd.openstack.compute+xml;version=2' },
    { base: 'application/json', type: 'application/vnd.openstack.compute+json;version=2' },
  ],
  links: [{ rel: 'self', href: '/v2/' }],
} as const;

const plainText = record({ type: attribute(string()), text: text(string()) });

const link = record({ rel: attribute(string()), href: attribute(string()), type: attribute(string()) });

/** Versions as an Atom feed, which legacy Nova had of them alone. */
export const feedDocument = {
  root: 'feed',
  content: record({
    title: element(plainText),
    updated: element(string()),
    id: element(string()),
    link: element(link),
    author: element(record({ name: element(string()), uri: element(string()) })),
    entry: inline(
      list(
        record({
          id: element(string()),
          title: element(plainText),
          updated: element(string()),
          link: inline(list(link, { tag: 'link' })),
          content: element(plainText),
        }),
        { tag: 'entry' },
      ),
    ),
  }),
  namespaces: { '': atom },
  extensions: {},
} as const;
