import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { jsonAnswer } from '../faults/json-answer.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { notIdentityV3 } from '../faults/cloud-faults.ts';
import { refusedMember } from '../faults/refusals.ts';
import type { Tenant, Tenants } from '../messages/tenants.ts';
import type { DomainReference } from '../request/login.ts';

/** The part of a list of tenants that a caller asks for, as in the query. */
export interface TenantsPage {
  readonly limit: string | undefined;
  readonly marker: string | undefined;
}

/**
 * Read v3's answer of GET /v3/auth/projects. Only the projects of the domain can be named in v2.0; a domain that the settings
 * give by name cannot be compared, and all projects are kept then.
 * @throws {Fault} 502 for an answer that is no such document
 */
export function readTenants(answer: CloudAnswer, domain: DomainReference): readonly Tenant[] {
  const projects = jsonAnswer(answer)?.['projects'];
  if (!Array.isArray(projects)) throw notIdentityV3();
  return projects
    .filter(isFields)
    .filter((project) => isInDomain(project, domain))
    .flatMap(tenantOf);
}

function isInDomain({ domain_id: id }: Fields, domain: DomainReference): boolean {
  return domain === 'none' || !('id' in domain) || id === undefined || id === domain.id;
}

function tenantOf({ id, name, description, enabled }: Fields): Tenant[] {
  if (typeof id !== 'string' || typeof name !== 'string') return [];
  return [{ description: typeof description === 'string' ? description : null, enabled: enabled !== false, id, name }];
}

/**
 * Cut a page out of a list of tenants: those behind the marker, at most as many as the limit.
 * @throws {Fault} 400 for a marker that is not in the list, and for a limit that is no whole number
 */
export function pageOfTenants(tenants: readonly Tenant[], { limit, marker }: TenantsPage): Tenants {
  const at = marker === undefined ? 0 : tenants.findIndex(({ id }) => id === marker) + 1;
  if (marker !== undefined && at === 0) throw refusedMember('marker', 'Marker could not be found');
  if (limit !== undefined && !/^\s*\+?\d+\s*$/.test(limit)) throw refusedMember('limit', 'Invalid limit value');
  return { tenants_links: [], tenants: tenants.slice(at, limit === undefined ? undefined : at + Number(limit)) };
}
