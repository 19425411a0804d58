import type { Operation } from '../../compute/operation.ts';

/** A request that some operation may describe: which ones, and what the path says. */
export interface Call {
  /** The version prefix that the caller used: v1.1, v2 or v2.1; '' for none. */
  readonly version: string;
  readonly project: string | undefined;
  /** As the path spells them. */
  readonly parameters: Readonly<Record<string, string>>;
  /** With its question mark; '' for none. */
  readonly query: string;
  readonly operations: readonly Operation[];
  /** Whether the request's root decides between operations. */
  readonly sharesRoute: boolean;
}

/** Finds what a request may mean; undefined for one that no operation describes. */
export type Router = (method: string | undefined, url: string | undefined) => Call | undefined;

type Found = Pick<Call, 'operations' | 'parameters' | 'sharesRoute'>;

/** A segment of a template, and the name of the parameter that it is. */
interface Segment {
  readonly text: string;
  readonly name: string | undefined;
}

interface Route {
  readonly segments: readonly Segment[];
  readonly byMethod: ReadonlyMap<string | undefined, readonly Operation[]>;
}

const versioned = /^\/+(v1\.1|v2|v2\.1)(?:\/+(.+))?$/;
/** One path segment that can be passed on as it is: no slash in disguise, no NUL. */
const segment = /^(?:[A-Za-z0-9._~:@!$&'()*+,;=-]|%(?!2f|5c|00)[0-9a-f]{2})+$/i;
const dots = /^(?:\.|%2e){1,2}$/i;
const suffix = /\.(?:xml|json)$/;

/**
 * Finds the operations that a path may mean: `/{version}/{project}/...`, on v2.1 also without the project, doubled
 * slashes collapsed, with or without a suffix. A path that no operation has, or whose segments are none, is none.
 */
export function createRouter(operations: readonly Operation[]): Router {
  const byScope = Map.groupBy(operations, ({ scope = 'project' }) => scope);
  const routes = [...Map.groupBy(byScope.get('project') ?? [], ({ route }) => route)]
    .map(([template, sharing]) => compile(template, sharing))
    // servers/detail before servers/{server_id}.
    .toSorted((a, b) => parametersOf(a) - parametersOf(b));
  const byFirst = Map.groupBy(routes, ({ segments }) => segments[0]?.text);
  const find = (segments: readonly string[], from: number, method: string | undefined): Found | undefined => {
    for (const route of byFirst.get(segments[from]) ?? []) {
      const described = route.byMethod.get(method);
      const parameters = described && match(route, segments, from);
      if (described !== undefined && parameters !== undefined)
        return { operations: described, parameters, sharesRoute: described.length > 1 };
    }
    return undefined;
  };
  const findAbove = (
    scope: Exclude<Operation['scope'], 'project' | undefined>,
    method: string | undefined,
  ): Found | undefined => {
    const described = (byScope.get(scope) ?? []).filter((operation) => operation.method === method);
    return described.length === 0 ? undefined : { operations: described, parameters: {}, sharesRoute: false };
  };
  return (method, url) => {
    if (url === undefined) return undefined;
    const mark = url.indexOf('?');
    const path = mark === -1 ? url : url.slice(0, mark);
    const query = mark === -1 ? '' : url.slice(mark);
    const isOpen = path.endsWith('/');
    const [, version, rest = ''] = versioned.exec(isOpen ? path.replace(/(?<=[^/])\/+$/, '') : path) ?? [];
    const above = (found: Found | undefined): Call | undefined =>
      found && { version: version ?? '', project: undefined, query, ...found };
    if (isOpen && /^\/+$/.test(path)) return above(findAbove('service', method));
    if (version === undefined) return undefined;
    if (rest === '') return above(findAbove('version', method));
    if (isOpen) return undefined;
    const segments = rest.replace(suffix, '').split(rest.includes('//') ? /\/+/ : '/');
    const [first = ''] = segments;
    // No project has the name of a collection.
    const bare = version === 'v2.1' ? find(segments, 0, method) : undefined;
    const found = bare ?? find(segments, 1, method);
    if (found === undefined || !isSegment(first)) return undefined;
    const { operations: described, parameters, sharesRoute } = found;
    const project = bare === undefined ? first : undefined;
    return { version, project, query, operations: described, parameters, sharesRoute };
  };
}

function compile(template: string, operations: readonly Operation[]): Route {
  return { segments: segmentsOf(template), byMethod: Map.groupBy(operations, ({ method }) => method) };
}

const known = new Map<string, readonly Segment[]>();

/** The segments of a template; there are as many templates as the operations have. */
function segmentsOf(template: string): readonly Segment[] {
  const found = known.get(template);
  if (found !== undefined) return found;
  const segments = template.split('/').map((text) => ({ text, name: /^\{(\w+)\}$/.exec(text)?.[1] }));
  known.set(template, segments);
  return segments;
}

function parametersOf({ segments }: Route): number {
  return segments.filter(({ name }) => name !== undefined).length;
}

/** The parameters of a route that the segments `from` one on have; undefined where they are another. */
function match(
  { segments }: Route,
  given: readonly string[],
  from: number,
): Readonly<Record<string, string>> | undefined {
  if (segments.length !== given.length - from) return undefined;
  const parameters: Record<string, string> = {};
  let at = from;
  for (const { text, name } of segments) {
    const actual = given[at] ?? '';
    if (name === undefined ? actual !== text : !isSegment(actual)) return undefined;
    if (name !== undefined) parameters[name] = actual;
    at += 1;
  }
  return parameters;
}

function isSegment(text: string): boolean {
  return segment.test(text) && !dots.test(text);
}

/** The path of an operation or its subject at the cloud, which knows v1.1 as v2. */
export function cloudPath(
  template: string,
  { version, project, parameters }: Call,
  scope: Operation['scope'] = 'project',
): string {
  if (scope === 'service') return '/';
  if (scope === 'version') return version === 'v2.1' ? '/v2.1/' : '/v2/';
  let path = project === undefined ? '/v2.1' : `/v2.1/${project}`;
  for (const { text, name } of segmentsOf(template)) path += `/${name === undefined ? text : (parameters[name] ?? '')}`;
  return path;
}
