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
    expected: isTranslated ? rebuilt[to] : rebuilt.JSON,
  };
}

const rebuilt: Readonly<Record<Format, ExpectedAnswer>> = {
  XML: { status: 202, type: 'application/xml', contains: 'status="REBUILD"' },
  JSON: { status: 202, type: 'application/json', contains: '"REBUILD"' },
};

function get(version: string, rest: string, to: Format, contains: string): Workload {
  return {
    method: 'GET',
    path: below(version, rest),
    headers: { ...token, Accept: types[to] },
    body: '',
    expected: { status: 200, type: types[to], contains },
  };
}

/** Compare a rebuild of a given format and size; the others pass the same bytes. */
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

/** Compare requests that no operation describes, and that the gateway therefore forwards unchanged. */
function untranslated(): Comparison[] {
  const post: Workload = {
    ...rebuild('JSON', 'JSON', '1 KiB'),
    path: below('v2.1', `servers/${benchServerId}/remote-consoles`),
  };
  const show = get('v2.1', `servers/${benchServerId}`, 'JSON', '"web-0"');
  return [
    { name: 'untranslated POST', passed: post, byGateway: { untranslated: post } },
    { name: 'untranslated GET', passed: show, byGateway: { untranslated: show } },
  ];
}

/** The name of the last server in a list, which shows that the list is complete. */
const lastOf = (length: number): string => `web-${length - 1}"`;

function list(length: number): Comparison {
  const path = `servers/detail?limit=${length}`;
  return {
    name: `list of ${length}`,
    passed: get('v2', path, 'JSON', lastOf(length)),
    byGateway: {
      'JSON -> XML': get('v2', path, 'XML', lastOf(length)),
      'JSON -> JSON': get('v2', path, 'JSON', lastOf(length)),
    },
  };
}

/** All comparisons, in the order of the tables. */
export const comparisons: readonly Comparison[] = [
  ...untranslated(),
  // `sizes` is a literal object, so its keys are exactly the sizes.
  ...(Object.keys(sizes) as Size[]).flatMap((size) => [rebuilds('XML', size), rebuilds('JSON', size)]),
  {
    name: 'GET server',
    passed: get('v2', `servers/${benchServerId}`, 'JSON', '"web-0"'),
    byGateway: { 'JSON -> XML': get('v2', `servers/${benchServerId}`, 'XML', 'name="web-0"') },
  },
  ...listLengths.map(list),
];

/** Find a comparison by name. @throws {RangeError} if there is none */
export function comparisonOf(name: string): Comparison {
  const found = comparisons.find((comparison) => comparison.name === name);
  if (found === undefined) throw new RangeError(`there is no comparison ${name}`);
  return found;
}

/** Find a request that the gateway translates. @throws {RangeError} if there is none */
export function translation(name: string, task: string): Workload {
  const workload = comparisonOf(name).byGateway[task];
  if (workload === undefined) throw new RangeError(`there is no ${task} in ${name}`);
  return workload;
}
