import { CloudFault } from '../http/cloud-fault.ts';
import type { IncomingRequest } from '../http/received-request.ts';
import type { CloudProfile } from '../state/cloud-profiles.ts';
import { PROJECT } from '../state/seed.ts';
import type { ServerRecord } from '../state/server-record.ts';
import type { Scope } from '../validation/request-member.ts';
import type { Links } from './links.ts';

/** The state of one embedded cloud. */
export interface CloudState {
  readonly profile: CloudProfile;
  readonly servers: ReadonlyMap<string, ServerRecord>;
  readonly images: ReadonlySet<string>;
  readonly keyPairs: ReadonlySet<string>;
  /** The duration of a rebuild in milliseconds. */
  readonly rebuildMs: number;
  /** Returns the time in milliseconds since 1970. */
  now(): number;
}

/** A request after routing and version negotiation. */
export interface ServerCall {
  readonly cloud: CloudState;
  readonly incoming: IncomingRequest;
  readonly scope: Scope;
  readonly base: string;
  readonly project: string | undefined;
  readonly serverId: string;
  readonly links: Links;
}

/** Refuses a path with a project other than that of the token with 400. */
export function refuseForeignProject({ project }: ServerCall): void {
  if (project === undefined || project === PROJECT) return;
  throw new CloudFault(
    400,
    `Malformed request URL: URL's project_id '${project}' doesn't match Context's project_id '${PROJECT}'`,
  );
}

/** Finds the server that the path names; throws a 404 if there is none. */
export function findServer({ cloud, serverId }: ServerCall): ServerRecord {
  const server = cloud.servers.get(serverId);
  if (server === undefined) throw new CloudFault(404, `Instance ${serverId} could not be found.`);
  return server;
}
