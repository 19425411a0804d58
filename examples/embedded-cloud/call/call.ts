import { CloudFault } from '../http/cloud-fault.ts';
import type { IncomingRequest } from '../http/received-request.ts';
import type { CloudState } from '../state/cloud-state.ts';
import { PROJECT } from '../state/seed-data.ts';
import type { Scope } from '../validation/request-member.ts';
import type { Links } from './links.ts';

/** A request after routing and version negotiation. */
export interface Call {
  readonly cloud: CloudState;
  readonly incoming: IncomingRequest;
  readonly scope: Scope;
  readonly base: string;
  readonly project: string | undefined;
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
export function refuseForeignProject({ project }: Call): void {
  if (project === undefined || project === PROJECT) return;
  throw new CloudFault(
    400,
    `Malformed request URL: URL's project_id '${project}' doesn't match Context's project_id '${PROJECT}'`,
  );
}

/** Create the 404 of a call that has a route but no resource behind it. */
export function notFound(): CloudFault {
  return new CloudFault(404, 'The resource could not be found.');
}
