import type { CloudProfile } from '../state/cloud-profiles.ts';
import type { Scope } from '../validation/request-member.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import type { Links } from './links.ts';
import type { IncomingRequest } from '../http/received-request.ts';
import { PROJECT } from '../state/seed.ts';
import type { ServerRecord } from '../state/server-record.ts';

/** Everything that one embedded cloud knows. */
export interface CloudState {
  readonly profile: CloudProfile;
  readonly servers: ReadonlyMap<string, ServerRecord>;
  readonly images: ReadonlySet<string>;
  readonly keyPairs: ReadonlySet<string>;
  /** How long a rebuild lasts, in milliseconds. */
  readonly rebuildMs: number;
  /** The clock: milliseconds since 1970. */
  now(): number;
}

/** One request after routing and version negotiation. */
export interface ServerCall {
  readonly cloud: CloudState;
  readonly exchange: IncomingRequest;
  readonly scope: Scope;
  readonly base: string;
  readonly project: string | undefined;
  readonly serverId: string;
  readonly links: Links;
}

/** Refuses with 400 a path whose project is not the token's. */
export function refuseForeignProject({ project }: ServerCall): void {
  if (project === undefined || project === PROJECT) return;
  throw new CloudFault(
    400,
    `Malformed request URL: URL's project_id '${project}' doesn't match Context's project_id '${PROJECT}'`,
  );
}

/** The server that the path names, letter for letter; 404 if there is none. */
export function findServer({ cloud, serverId }: ServerCall): ServerRecord {
  const server = cloud.servers.get(serverId);
  if (server === undefined) throw new CloudFault(404, `Instance ${serverId} could not be found.`);
  return server;
}
