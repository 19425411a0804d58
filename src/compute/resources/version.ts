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

/** The document of a path without a version: the versions that have the path (status 300). */
export const choicesDocument = { root: 'choices', content: list(version, { tag: 'version' }), ...common } as const;

/** Legacy Nova's description of version 2.0, for clouds that no longer have it. */
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

/** The versions as an Atom feed; no other resource had one. */
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
