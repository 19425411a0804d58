import { attribute, element, list, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const access = record({ tenant_id: attribute(string()), flavor_id: attribute(string()) });

const accesses = { root: 'flavor_access', content: list(access, { tag: 'access' }), ...none } as const;

/** The projects that may use a flavor that is not public: GET flavors/{flavor_id}/os-flavor-access. */
export const listFlavorAccess = {
  name: 'listFlavorAccess',
  method: 'GET',
  route: 'flavors/{flavor_id}/os-flavor-access',
  answer: accesses,
  status: 200,
} as const satisfies Operation;

const tenant = element(string({ format: 'trimmed' }), { eitherWay: true, required: true });

/** Lets a project use a flavor: POST flavors/{flavor_id}/action with addTenantAccess. */
export const addTenantAccess = {
  name: 'addTenantAccess',
  method: 'POST',
  route: 'flavors/{flavor_id}/action',
  request: { root: 'addTenantAccess', content: record({ tenant }), ...none },
  answer: accesses,
  status: 200,
} as const satisfies Operation;

/** No longer lets a project use a flavor: POST flavors/{flavor_id}/action with removeTenantAccess. */
export const removeTenantAccess = {
  name: 'removeTenantAccess',
  method: 'POST',
  route: 'flavors/{flavor_id}/action',
  request: { root: 'removeTenantAccess', content: record({ tenant }), ...none },
  answer: accesses,
  status: 200,
} as const satisfies Operation;
