import type { ReceivedRequest } from './http/received-request.ts';
import type { ProjectRecord, UserRecord } from './identity/accounts/account-records.ts';
import { IDENTITY_PROFILES } from './identity/accounts/identity-profiles.ts';
import { type IdentityState, newIdentity } from './identity/accounts/identity-state.ts';
import { answerIdentityRequest } from './identity/identity-router.ts';
import { findLiveToken } from './identity/tokens/find-token.ts';
import { listenOn } from './listen.ts';
import { answerRequest } from './router.ts';
import { type CloudKind, PROFILES } from './state/cloud-profiles.ts';
import type { CloudState } from './state/cloud-state.ts';
import { GLANCE, PROJECT } from './state/seed-data.ts';
import { seedImages, seedKeyPairs, seedServers } from './state/seed.ts';
import type { ServerRecord } from './state/server-record.ts';

/** The options of an embedded cloud. */
export interface EmbeddedCloudOptions {
  readonly kind: CloudKind;
  /** The port of the compute service; 0, the default, selects a free port. */
  readonly port?: number;
  /** The port of the identity service; 0, the default, selects a free port. */
  readonly identityPort?: number;
  /** True if the compute service accepts only tokens of the identity service; by default it accepts every token. */
  readonly requiresLogin?: boolean;
  /** The duration of a rebuild in milliseconds; 1500 by default. */
  readonly rebuildMs?: number;
  /** Returns the time in milliseconds since 1970; tests pass their own clock so that they need not wait. */
  readonly now?: () => number;
  /** Called with each request to either service before it is answered. */
  readonly onRequest?: (request: ReceivedRequest) => void;
}

/** A running cloud on 127.0.0.1. */
export interface EmbeddedCloud {
  /** The URL of the compute service without a trailing slash, such as `http://127.0.0.1:8774`. */
  readonly url: string;
  /** The URL of the identity service without a trailing slash; `/v3` comes after it. */
  readonly identityUrl: string;
  /** The accounts and the requests of the identity service. */
  readonly identity: EmbeddedIdentity;
  /** The live records of the seed's servers; tests may read and change them without a request. */
  readonly servers: readonly ServerRecord[];
  /** The ids of the seed's images. */
  readonly images: readonly string[];
  /** The names of the seed's key pairs. */
  readonly keyPairs: readonly string[];
  readonly project: string;
  /** All requests to the compute service so far, in the order in which their bodies were complete. */
  readonly received: readonly ReceivedRequest[];
  /** Stops listening and closes all connections. */
  close(): Promise<void>;
}

/** The identity service of an embedded cloud, as tests see it. */
export interface EmbeddedIdentity {
  /** The name of the only domain, which IAM calls an account. */
  readonly domain: string;
  /** The live records of the users; tests may change a password, or disable a user. */
  readonly users: readonly UserRecord[];
  readonly projects: readonly ProjectRecord[];
  /** All requests so far, in the order in which their bodies were complete. */
  readonly received: readonly ReceivedRequest[];
  /** Returns the number of logins that were refused with 401 or 404; one for each try. */
  failedLogins(): number;
}

const DEFAULT_REBUILD_MS = 1500;

/** Start a modern cloud with the servers, images, key pairs and accounts of the seed. */
export async function startEmbeddedCloud(options: EmbeddedCloudOptions): Promise<EmbeddedCloud> {
  const { kind, port = 0, identityPort = 0, now = Date.now, onRequest } = options;
  // The services name each other's addresses, which are known when both listen; nobody can ask before.
  const origins = { compute: '', identity: '', image: GLANCE };
  const identity = newIdentity(IDENTITY_PROFILES[kind], origins, now);
  const cloud = newCloud(options, identity, now);
  const received: ReceivedRequest[] = [];
  const login = await listenOn(identityPort, (incoming) => {
    identity.received.push(incoming.received);
    onRequest?.(incoming.received);
    return answerIdentityRequest(identity, incoming);
  });
  origins.identity = login.url;
  const compute = await listenOn(port, (incoming) => {
    received.push(incoming.received);
    onRequest?.(incoming.received);
    return answerRequest(cloud, incoming);
  }).catch(async (error: unknown) => {
    await login.close();
    throw error;
  });
  origins.compute = compute.url;
  return {
    url: compute.url,
    identityUrl: login.url,
    identity: identityOf(identity),
    servers: [...cloud.servers.values()],
    images: [...cloud.images.keys()],
    keyPairs: [...cloud.keyPairs.keys()],
    project: PROJECT,
    received,
    close: async () => void (await Promise.all([compute.close(), login.close()])),
  };
}

function newCloud(
  { kind, rebuildMs = DEFAULT_REBUILD_MS, requiresLogin = false }: EmbeddedCloudOptions,
  identity: IdentityState,
  now: () => number,
): CloudState {
  const profile = PROFILES[kind];
  return {
    profile,
    servers: new Map(seedServers(profile).map((server) => [server.id, server])),
    images: new Map(seedImages().map((image) => [image.id, image])),
    keyPairs: new Map(seedKeyPairs().map((pair) => [pair.name, pair])),
    rebuildMs,
    now,
    identityApi: () => `${identity.origins.identity}/v3`,
    projectOf: requiresLogin ? (token) => projectOf(identity, token) : () => PROJECT,
  };
}

/** Find the project of a token; null for a token without one, undefined for one that is not valid. */
function projectOf(identity: IdentityState, text: string): string | null | undefined {
  const token = findLiveToken(identity, text);
  if (token === undefined) return undefined;
  return token.scope.kind === 'project' ? token.scope.project.id : null;
}

function identityOf(identity: IdentityState): EmbeddedIdentity {
  const { profile, users, projects, received } = identity;
  return { domain: profile.domain.name, users, projects, received, failedLogins: () => identity.failedLogins };
}
