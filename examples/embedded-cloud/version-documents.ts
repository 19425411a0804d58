import { type Answer, jsonAnswer } from './http/answer.ts';
import type { CloudProfile } from './state/cloud-profiles.ts';

/** The base path of an API; `/v2` is v2.1 behind Nova's legacy wrapper. */
export type ApiBase = 'v2' | 'v2.1';

interface Api {
  readonly id: string;
  readonly status: string;
  readonly updated: string;
  readonly mediaType: string;
  readonly highest: (profile: CloudProfile) => string;
  readonly lowest: string;
}

const APIS: Readonly<Record<ApiBase, Api>> = {
  v2: {
    id: 'v2.0',
    status: 'SUPPORTED',
    updated: '2011-01-21T11:33:21Z',
    mediaType: 'application/vnd.openstack.compute+json;version=2',
    highest: () => '',
    lowest: '',
  },
  'v2.1': {
    id: 'v2.1',
    status: 'CURRENT',
    updated: '2013-07-23T11:33:21Z',
    mediaType: 'application/vnd.openstack.compute+json;version=2.1',
    highest: ({ maximumMinor }) => `2.${maximumMinor}`,
    lowest: '2.1',
  },
};

const BASES: readonly ApiBase[] = ['v2', 'v2.1'];

/** Respond with the document at `/`, which lists both APIs. */
export function versionList(profile: CloudProfile, origin: string): Answer {
  const versions = BASES.map((base) => {
    const { id, status, updated, highest, lowest } = APIS[base];
    const links = [selfLink(origin, base, '/')];
    return { id, status, version: highest(profile), min_version: lowest, updated, links };
  });
  return jsonAnswer(200, { versions });
}

/** Respond with the document of one API. */
export function apiVersionDocument(profile: CloudProfile, origin: string, base: ApiBase): Answer {
  const { id, status, updated, highest, lowest } = APIS[base];
  const links = [
    selfLink(origin, base, '/'),
    { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' },
  ];
  const range = { version: highest(profile), min_version: lowest };
  return jsonAnswer(200, { version: { id, status, ...range, updated, links, 'media-types': mediaTypes(base) } });
}

/** Respond with 300 to a path that belongs to no API, such as `/v1.1/...`. */
export function versionChoices(origin: string, path: string): Answer {
  const choices = BASES.map((base) => {
    const { id, status } = APIS[base];
    return { id, status, links: [selfLink(origin, base, path)], 'media-types': mediaTypes(base) };
  });
  return jsonAnswer(300, { choices });
}

function selfLink(origin: string, base: ApiBase, path: string): unknown {
  return { rel: 'self', href: `${origin}/${base}${path}` };
}

function mediaTypes(base: ApiBase): unknown {
  return [{ base: 'application/json', type: APIS[base].mediaType }];
}
