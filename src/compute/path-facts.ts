/** The version prefix of the modern API. JSON under it is not a legacy message. */
export const modernVersion = 'v2.1';

/** The version, project and server in a path, exactly as written. No operation needs to describe the path. */
export interface PathFacts {
  /** The version prefix, such as v1.1. */
  readonly version: string | undefined;
  readonly project: string | undefined;
  /** The server's id, without a media type suffix. */
  readonly server: string | undefined;
}

/** Read the facts of a request target. */
export function pathFactsOf(url: string): PathFacts {
  const [, version, first, second, third] = target.exec(url) ?? [];
  if (first === undefined) return { version, project: undefined, server: undefined };
  const hasProject = isProject(version, first, second);
  const [collection, item] = hasProject ? [second, third] : [first, second];
  const isServer = collection === 'servers' && item !== undefined && !detail.test(item);
  return {
    version,
    project: hasProject ? withoutSuffix(first) : undefined,
    server: isServer ? withoutSuffix(item) : undefined,
  };
}

/** List the segments below the project of a request target, at most three, without a media type suffix; empty for no path of this API. */
export function resourcePathOf(url: string): readonly string[] {
  const [, version, first, second, third] = target.exec(url) ?? [];
  if (first === undefined) return [];
  const given = isProject(version, first, second) ? [second, third, fourth.exec(url)?.[1]] : [first, second, third];
  return given.flatMap((segment) => (segment === undefined ? [] : [withoutSuffix(segment)]));
}

/** The pattern of a path. Its groups are the version and the first three segments after it. */
const target = /^\/+(v1\.1|v2|v2\.1)(?=[/?]|$)(?:\/+([^/?]+)(?:\/+([^/?]+)(?:\/+([^/?]+))?)?)?/;

/** The pattern of the fourth segment after the version. */
const fourth = /^\/+[^/?]+(?:\/+[^/?]+){3}\/+([^/?]+)/;

/**
 * Check that the first segment is a project. v1.1 and v2 have one in every path. On v2.1 it may be missing: then it is one if
 * a collection follows, or if it has the form of an id; an unknown collection would otherwise count as a project.
 */
function isProject(version: string | undefined, first: string, second: string | undefined): boolean {
  if (collectionName.test(first)) return false;
  return version !== modernVersion || (second !== undefined && collectionName.test(second)) || projectId.test(first);
}

/**
 * The names of collections below a project. All but those of the first API begin with `os-`, which extensions had to do.
 * test/compute/path-facts.test.ts compares them with the operations.
 */
const collectionName =
  /^(?:servers|flavors|images|limits|extensions|consoles|zones|shared_ip_groups|os-[\w-]+)(?:\.(?:xml|json))?$/;
/** The forms of project ids: of Keystone, of other identity services, and of the first Nova. */
const projectId = /^(?:[0-9a-f]{32}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+)$/i;
const detail = /^detail(?:\.|$)/;
const suffix = /\.(?:xml|json)$/;

function withoutSuffix(segment: string): string {
  return segment.endsWith('l') || segment.endsWith('n') ? segment.replace(suffix, '') : segment;
}

/** The path of a version of another service, such as Identity. */
const otherService = /^\/+(?!(?:v1\.1|v2|v2\.1)(?:\/|$|\?))v\d+(?:\.\d+)?(?=\/|$|\?)/;

/** Check that a request target is one of another service, such as Identity: what is sent to it and what it answers has forms of its own. */
export function isOtherService(url: string): boolean {
  return otherService.test(url);
}
