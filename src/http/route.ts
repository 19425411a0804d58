import type { Operation } from '../compute/operation.ts';
import type { Trace } from './trace.ts';

/** A request that some operation may describe: which ones, and what the path says. */
export interface Call {
  /** The version prefix that the caller used: v1.1, v2 or v2.1. */
  readonly version: string;
  readonly project: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  /** With its question mark; '' for none. */
  readonly query: string;
  readonly operations: readonly Operation[];
}

/** Finds what a request may mean; undefined for one that no operation describes. */
export type Router = (method: string | undefined, url: string | undefined) => Call | undefined;

interface Route {
  readonly form: RegExp;
  readonly names: readonly string[];
  readonly byMethod: ReadonlyMap<string | undefined, readonly Operation[]>;
}

/** One path segment that means itself: nothing encoded, no dot segment. */
const segment = '(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~:@-]+';

/**
 * Finds the operations that a path may mean: `/{version}/{project}/...`, on v2.1 also without the project, doubled
 * slashes collapsed, with or without a suffix. A path that no operation has, or with anything encoded in it, is none.
 */
export function createRouter(operations: readonly Operation[]): Router {
  const routes = [...Map.groupBy(operations, ({ route }) => route)].map(([template, sharing]) =>
    compile(template, sharing),
  );
  return (method, url) => {
    if (url === undefined) return undefined;
    const query = url.indexOf('?');
    const path = query === -1 ? url : url.slice(0, query);
    for (const { form, names, byMethod } of routes) {
      const described = byMethod.get(method);
      const groups = described && form.exec(path)?.groups;
      if (described === undefined || groups === undefined) continue;
      return {
        version: groups['version'] ?? groups['bare'] ?? '',
        project: groups['project'],
        parameters: Object.fromEntries(names.map((name) => [name, groups[name] ?? ''])),
        query: query === -1 ? '' : url.slice(query),
        operations: described,
      };
    }
    return undefined;
  };
}

/** What any path of the API says, translated or not: for the log. */
export function factsOf(url: string): Pick<Trace, 'version' | 'project' | 'parameters'> {
  const { version, project, server } = facts.exec(url)?.groups ?? {};
  return {
    ...(version !== undefined && { version }),
    ...(project !== undefined && { project }),
    ...(server !== undefined && { parameters: { server_id: server } }),
  };
}

const facts =
  /^\/+(?<version>v1\.1|v2|v2\.1)(?:\/+(?!servers(?:[/?]|$))(?<project>[^/?]+))?(?:\/+servers\/+(?!detail(?:[/?.]|$))(?<server>[^/?]+))?/;

/** The path of an operation or its subject at the cloud. */
export function cloudPath(template: string, { project, parameters }: Call): string {
  const below = template.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');
  return `/v2.1${project === undefined ? '' : `/${project}`}/${below}`;
}

function compile(template: string, operations: readonly Operation[]): Route {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const below = template.replaceAll('/', '/+').replace(/\{(\w+)\}/g, `(?<$1>${segment})`);
  const prefix = `(?:(?<version>v1\\.1|v2|v2\\.1)/+(?<project>${segment})|(?<bare>v2\\.1))`;
  return {
    form: new RegExp(`^/+${prefix}/+${below}(?:\\.(?:xml|json))?$`),
    names,
    byMethod: Map.groupBy(operations, ({ method }) => method),
  };
}
