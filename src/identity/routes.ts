import type { IdentityCall } from './messages/identity-call.ts';

/** The calls of the Identity API. The routes, the documents and the labels of metrics are derived from this table. */

/** The method of a route; ANY stands for every method. */
export type IdentityMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY';

/** A route of the Identity API. */
export interface IdentityRoute {
  readonly method: IdentityMethod;
  /** The path; `{name}` stands for one segment. It labels metrics and log lines, because the segments hold tokens. */
  readonly path: string;
  readonly call: IdentityCall;
  /** True if the path may end in .xml or .json, which decides the type of the answer. */
  readonly hasSuffix?: true;
  /** True if the route exists only on a port of the Identity API: elsewhere the path is one of compute. */
  readonly isOnIdentityPort?: true;
  /** True if the route is a login only with the header field X-Auth-Key; without it the path is one of compute. */
  readonly needsKey?: true;
}

/** A route that a request matches. */
export interface FoundRoute {
  readonly route: IdentityRoute;
  /** The decoded segments, by their names in the path. They may hold tokens. */
  readonly segments: Readonly<Record<string, string>>;
  readonly suffix: 'xml' | 'json' | undefined;
}

/** The calls that the gateway translates. */
const translated: readonly IdentityRoute[] = [
  { method: 'ANY', path: '/', call: 'showIdentityVersions', isOnIdentityPort: true },
  { method: 'ANY', path: '/v2.0', call: 'showIdentityVersion' },
  { method: 'GET', path: '/v2.0/extensions', call: 'listIdentityExtensions' },
  { method: 'GET', path: '/v2.0/extensions/{alias}', call: 'showIdentityExtension' },
  { method: 'POST', path: '/v2.0/tokens', call: 'logIn', hasSuffix: true },
  { method: 'GET', path: '/v2.0/tokens/{token}', call: 'validateToken' },
  { method: 'HEAD', path: '/v2.0/tokens/{token}', call: 'checkToken' },
  { method: 'DELETE', path: '/v2.0/tokens/{token}', call: 'revokeToken' },
  { method: 'GET', path: '/v2.0/tokens/{token}/endpoints', call: 'listTokenEndpoints' },
  { method: 'GET', path: '/v2.0/tenants', call: 'listTenants', hasSuffix: true },
  { method: 'PATCH', path: '/v2.0/OS-KSCRUD/users/{user}', call: 'changeOwnPassword' },
  { method: 'GET', path: '/v1.0', call: 'logInByHeaders', needsKey: true },
  { method: 'GET', path: '/v1.1', call: 'logInByHeaders', needsKey: true },
  { method: 'POST', path: '/v1.1/auth', call: 'logInByCredentials', hasSuffix: true },
];

/** The other calls of legacy Keystone 2014.1, by path: those of administrators, of EC2, and of certificates. */
const untranslatedPaths: Readonly<Record<string, readonly IdentityMethod[]>> = {
  '/v2.0/tokens/revoked': ['GET'],
  '/v2.0/certificates/ca': ['GET'],
  '/v2.0/certificates/signing': ['GET'],
  '/v2.0/ec2tokens': ['POST'],
  '/v2.0/tenants': ['POST'],
  '/v2.0/tenants/{tenant}': ['GET', 'PUT', 'POST', 'DELETE'],
  '/v2.0/tenants/{tenant}/users': ['GET'],
  '/v2.0/tenants/{tenant}/users/{user}/roles': ['GET'],
  '/v2.0/tenants/{tenant}/users/{user}/roles/OS-KSADM/{role}': ['PUT', 'DELETE'],
  '/v2.0/users': ['GET', 'POST'],
  '/v2.0/users/{user}': ['GET', 'PUT', 'DELETE'],
  '/v2.0/users/{user}/password': ['PUT'],
  '/v2.0/users/{user}/OS-KSADM/password': ['PUT'],
  '/v2.0/users/{user}/tenant': ['PUT'],
  '/v2.0/users/{user}/OS-KSADM/tenant': ['PUT'],
  '/v2.0/users/{user}/enabled': ['PUT'],
  '/v2.0/users/{user}/OS-KSADM/enabled': ['PUT'],
  '/v2.0/users/{user}/roles': ['GET'],
  '/v2.0/users/{user}/roles/OS-KSADM/{role}': ['PUT', 'DELETE'],
  '/v2.0/users/{user}/roleRefs': ['GET', 'POST'],
  '/v2.0/users/{user}/roleRefs/{roleRef}': ['DELETE'],
  '/v2.0/users/{user}/credentials/OS-EC2': ['GET', 'POST'],
  '/v2.0/users/{user}/credentials/OS-EC2/{credential}': ['GET', 'DELETE'],
  '/v2.0/endpoints': ['GET', 'POST'],
  '/v2.0/endpoints/{endpoint}': ['DELETE'],
  '/v2.0/OS-KSADM/services': ['GET', 'POST'],
  '/v2.0/OS-KSADM/services/{service}': ['GET', 'DELETE'],
  '/v2.0/OS-KSADM/roles': ['GET', 'POST'],
  '/v2.0/OS-KSADM/roles/{role}': ['GET', 'DELETE'],
};

/** Every route. Of several that match, the first counts. */
export const identityRoutes: readonly IdentityRoute[] = [
  ...Object.entries(untranslatedPaths).flatMap(([path, methods]) =>
    methods.map((method): IdentityRoute => ({ method, path, call: 'untranslated' })),
  ),
  ...translated,
];

interface CompiledRoute {
  readonly route: IdentityRoute;
  readonly parts: readonly string[];
}

const compiled: readonly CompiledRoute[] = identityRoutes.map((route) => ({ route, parts: partsOf(route.path) }));

/** The surroundings of a request that decide whether a path is one of identity. */
export interface RouteSurroundings {
  readonly isIdentityPort: boolean;
  /** True for a request with X-Auth-Key or X-Storage-Pass. */
  readonly hasKey: boolean;
}

/**
 * Find the route of a request. As in legacy Keystone, slashes may be doubled or trail, and names are compared with their case.
 * Undefined for a path that the Identity API does not have: on a port of compute it may be one of compute.
 * @param path the path without the query, not decoded
 */
export function findIdentityRoute(
  method: string,
  path: string,
  { isIdentityPort, hasKey }: RouteSurroundings,
): FoundRoute | undefined {
  const parts = partsOf(path);
  if (parts[0] === 'v3') return { route: forwarded, segments: {}, suffix: undefined };
  for (const { route, parts: pattern } of compiled) {
    if (route.method !== method && route.method !== 'ANY') continue;
    if ((route.isOnIdentityPort === true && !isIdentityPort) || (route.needsKey === true && !hasKey)) continue;
    const found = matched(route, pattern, parts);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first segment of a path of v2.0, also one that goes on behind what a server could take for its end. */
const inVersion2 = /^v2\.0(?:$|[\\;]|%(?:2f|5c|3b|3f|23|00))/i;

/**
 * Check that a path can only be one of the Identity API: a request for it without a route is refused with its fault. So is a request
 * for a version's path with a key, whose password must not get to the compute API.
 */
export function isIdentityPath(path: string, hasKey: boolean): boolean {
  const [version, ...rest] = partsOf(path);
  if (hasKey && rest.length === 0 && (version === 'v1.0' || version === 'v1.1')) return true;
  return inVersion2.test(version ?? '');
}

const forwarded: IdentityRoute = { method: 'ANY', path: '/v3', call: 'forward' };

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

const suffixed = /^(.+)\.(xml|json)$/;

function matched(route: IdentityRoute, pattern: readonly string[], parts: readonly string[]): FoundRoute | undefined {
  if (parts.length !== pattern.length) return undefined;
  const [, stem, found] = (route.hasSuffix === true ? suffixed.exec(parts.at(-1) ?? '') : undefined) ?? [];
  const segments: Record<string, string> = {};
  for (const [index, name] of pattern.entries()) {
    const given = parts[index] ?? '';
    const part = index === parts.length - 1 ? (stem ?? given) : given;
    if (!name.startsWith('{')) {
      if (part !== name) return undefined;
      continue;
    }
    const value = decoded(part);
    if (value === undefined) return undefined;
    segments[name.slice(1, -1)] = value;
  }
  return { route, segments, suffix: found === 'xml' || found === 'json' ? found : undefined };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
