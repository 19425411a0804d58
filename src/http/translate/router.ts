import type { Operation } from '../../compute/operation.ts';
import { modernVersion } from '../../compute/path-facts.ts';
import { remembered } from '../exchange/recent/remembered.ts';
import {
  isSegment,
  matchTemplate,
  parameterCount,
  templateOf,
  type Parameters,
  type RouteTemplate,
} from './route-template.ts';

/** The operations of one method and path, at least one. */
export type Operations = readonly [Operation, ...Operation[]];

/** A request to a path that operations describe. */
export interface Call {
  /** The version prefix that the caller used: v1.1, v2 or v2.1; '' for none. */
  readonly version: string;
  readonly project: string | undefined;
  readonly parameters: Parameters;
  /** The query with its question mark; '' for none. */
  readonly query: string;
  readonly operations: Operations;
  /** True if several operations share the method and path: the root of the request selects one. */
  readonly sharesRoute: boolean;
}

/** The function that finds the call of a method and a request target; undefined if no operation describes it. */
export type Router = (method: string | undefined, url: string | undefined) => Call | undefined;

type Found = Pick<Call, 'operations' | 'parameters' | 'sharesRoute'>;

interface Route {
  readonly template: RouteTemplate;
  readonly byMethod: ReadonlyMap<string | undefined, readonly Operation[]>;
}

const versioned = /^\/+(v1\.1|v2|v2\.1)(?:\/+(.+))?$/;
const suffix = /\.(?:xml|json)$/;

/**
 * Create the router of `/{version}/{project}/...`; on v2.1 the project may be missing. Repeated slashes count as one, and a
 * media type suffix is ignored. A path with a segment that must not be sent to the cloud has no call.
 */
export function createRouter(operations: readonly Operation[]): Router {
  const byScope = Map.groupBy(operations, ({ scope = 'project' }) => scope);
  const findBelow = projectRoutes(byScope.get('project') ?? []);
  const findOutsideProjects = (scope: 'service' | 'version', method: string | undefined): Found | undefined => {
    const described = (byScope.get(scope) ?? []).filter((operation) => operation.method === method);
    return isSome(described) ? { operations: described, parameters: {}, sharesRoute: false } : undefined;
  };
  return (method, url) => {
    if (url === undefined) return undefined;
    const { path: written, query } = splitTarget(url);
    const path = written.replace(suffix, '');
    const hasSlash = path.endsWith('/');
    const [, version, rest = ''] = versioned.exec(hasSlash ? path.replace(/(?<=[^/])\/+$/, '') : path) ?? [];
    const callOutsideProjects = (found: Found | undefined): Call | undefined =>
      found && { version: version ?? '', project: undefined, query, ...found };
    if (/^\/+$/.test(path)) return callOutsideProjects(findOutsideProjects('service', method));
    if (version === undefined) return undefined;
    if (rest === '') return callOutsideProjects(findOutsideProjects('version', method));
    if (hasSlash) return undefined;
    const segments = rest.split(rest.includes('//') ? /\/+/ : '/');
    const [first = ''] = segments;
    if (!isSegment(first)) return undefined;
    // A project never has the name of a collection, so try the path without a project first.
    const withoutProject = version === modernVersion ? findBelow(segments, 0, method) : undefined;
    if (withoutProject !== undefined) return { version, project: undefined, query, ...withoutProject };
    const found = findBelow(segments, 1, method);
    return found && { version, project: first, query, ...found };
  };
}

/** The methods of operations. Callers can send others, whose calls are not remembered. */
const methods: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'];

/** Create a router that remembers the calls of late. */
export function createRecentRouter(operations: readonly Operation[]): Router {
  const route = createRouter(operations);
  const recent = new Map(methods.map((method) => [method, remembered((url) => route(method, url))]));
  return (method, url) => {
    const known = method === undefined ? undefined : recent.get(method);
    return known === undefined || url === undefined ? route(method, url) : known(url);
  };
}

/** Check that a list of operations is not empty. */
export function isSome(operations: readonly Operation[]): operations is Operations {
  return operations.length > 0;
}

function splitTarget(url: string): { path: string; query: string } {
  const mark = url.indexOf('?');
  return mark === -1 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark) };
}

/** Find operations below a project by the segments of a path, beginning at `from`. */
function projectRoutes(
  operations: readonly Operation[],
): (segments: readonly string[], from: number, method: string | undefined) => Found | undefined {
  const routes = [...Map.groupBy(operations, ({ route }) => route)]
    .map(([route, sharing]): Route => ({
      template: templateOf(route),
      byMethod: Map.groupBy(sharing, ({ method }) => method),
    }))
    // A fixed segment wins over a parameter in its place.
    .toSorted((a, b) => parameterCount(a.template) - parameterCount(b.template));
  const byFirst = Map.groupBy(routes, ({ template }) => template[0]?.text);
  return (segments, from, method) => {
    for (const { template, byMethod } of byFirst.get(segments[from]) ?? []) {
      const described = byMethod.get(method) ?? [];
      if (!isSome(described)) continue;
      const parameters = matchTemplate(template, segments, from);
      if (parameters !== undefined) return { operations: described, parameters, sharesRoute: described.length > 1 };
    }
    return undefined;
  };
}
