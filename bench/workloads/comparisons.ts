import { listLengths, benchProject, rebuildJson, rebuildXml, benchServerId, sizes, type Size } from './documents.ts';
import type { ExpectedAnswer, Comparison, Workload } from './workload.ts';

const token = { 'X-Auth-Token': 'gAAAAABX2xJq8kV0b2tlbi1vZi1hLWJlbmNobWFyaw' };
const types = { XML: 'application/xml', JSON: 'application/json' } as const;
type Format = keyof typeof types;

const below = (version: string, rest: string): string => `/${version}/${benchProject}/${rest}`;

function rebuild(from: Format, to: Format, size: Size, isTranslated = true): Workload {
  return {
    method: 'POST',
    path: below('v2', `servers/${benchServerId}/action`),
    headers: { ...token, 'Content-Type': types[from], Accept: types[to] },
    body: from === 'XML' ? rebuildXml(size) : rebuildJson(size),
    answer: isTranslated ? rebuilt[to] : rebuilt.JSON,
  };
}

const rebuilt: Readonly<Record<Format, ExpectedAnswer>> = {
  XML: { status: 202, type: 'application/xml', holds: 'status="REBUILD"' },
  JSON: { status: 202, type: 'application/json', holds: '"REBUILD"' },
};

function get(version: string, rest: string, to: Format, holds: string): Workload {
  return {
    method: 'GET',
    path: below(version, rest),
    headers: { ...token, Accept: types[to] },
    body: '',
    answer: { status: 200, type: types[to], holds },
  };
}

/** A rebuild of a size in a format; the others pass the same bytes. */
function rebuilds(from: Format, size: Size): Comparison {
  return {
    name: `rebuild in ${from}, ${size}`,
    passed: rebuild(from, 'JSON', size, false),
    byGateway: {
      [`${from} -> XML`]: rebuild(from, 'XML', size),
      [`${from} -> JSON`]: rebuild(from, 'JSON', size),
    },
  };
}

/** What no operation of the legacy API describes: it goes through both ways as it is. */
function untranslated(): Comparison[] {
  const post: Workload = {
    ...rebuild('JSON', 'JSON', '1 KiB'),
    path: below('v2.1', `servers/${benchServerId}/remote-consoles`),
  };
  const look = get('v2.1', `servers/${benchServerId}`, 'JSON', '"web-0"');
  return [
    { name: 'untranslated POST', passed: post, byGateway: { untranslated: post } },
    { name: 'untranslated GET', passed: look, byGateway: { untranslated: look } },
  ];
}

/** The name of the last server in a list. */
const lastOf = (length: number): string => `web-${length - 1}"`;

function list(length: number): Comparison {
  const path = `servers/detail?limit=${length}`;
  return {
    name: `list of ${length}`,
    passed: get('v2', path, 'JSON', lastOf(length)),
    byGateway: { 'JSON -> XML': get('v2', path, 'XML', lastOf(length)) },
  };
}

/** Everything that is compared, in the order of the tables. */
export const comparisons: readonly Comparison[] = [
  ...untranslated(),
  // The keys of a record are those of its type.
  ...(Object.keys(sizes) as Size[]).flatMap((size) => [rebuilds('XML', size), rebuilds('JSON', size)]),
  {
    name: 'GET server',
    passed: get('v2', `servers/${benchServerId}`, 'JSON', '"web-0"'),
    byGateway: { 'JSON -> XML': get('v2', `servers/${benchServerId}`, 'XML', 'name="web-0"') },
  },
  ...listLengths.map(list),
];

/** The comparison of a name. @throws {RangeError} where there is none */
export function comparisonOf(name: string): Comparison {
  const found = comparisons.find((comparison) => comparison.name === name);
  if (found === undefined) throw new RangeError(`there is no comparison ${name}`);
  return found;
}
