import { CloudFault } from '../http/cloud-fault.ts';
import type { IncomingRequest } from '../http/received-request.ts';
import type { CloudState } from '../state/cloud-state.ts';
import type { Scope } from '../validation/request-member.ts';
import type { Links } from './links.ts';

/** A request after routing and version negotiation. */
export interface Call {
  readonly cloud: CloudState;
  readonly incoming: IncomingRequest;
  readonly scope: Scope;
  readonly base: string;
  /** The project in the path; undefined if the path has none. */
  readonly project: string | undefined;
  /** The project of the token; null if it has none. */
  readonly owner: string | null;
  /** The decoded parameters of the path, such as `server`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly links: Links;
}

/** Return a parameter of the path; the route guarantees that it is there. */
export function parameter({ parameters }: Call, name: string): string {
  return parameters[name] ?? '';
}

/** Refuse a path with a project other than that of the token with 400. */
export function refuseForeignProject({ project, owner }: Call): void {
  if (project === undefined || project === owner) return;
  throw new CloudFault(
    400,
    `Malformed request URL: URL's project_id '${project}' doesn't match Context's project_id '${owner ?? 'None'}'`,
  );
}

/** Create the 404 of a call that has a route but no resource behind it. */
export function notFound(): CloudFault {
  return new CloudFault(404, 'The resource could not be found.');
}
