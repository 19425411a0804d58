import { attribute, element, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { requiredEitherWay, trimmed } from '../resources/request-scalars.ts';

const access = record({ tenant_id: attribute(string()), flavor_id: attribute(string()) });

const accesses = { root: 'flavor_access', content: list(access, { tag: 'access' }), ...noNamespace } as const;

/** List the projects that may use a flavor that is not public. */
export const listFlavorAccess = {
  name: 'listFlavorAccess',
  method: 'GET',
  route: 'flavors/{flavor_id}/os-flavor-access',
  answer: accesses,
  status: 200,
} as const satisfies Operation;

const tenant = element(trimmed, requiredEitherWay);

/** Let a project use a flavor that is not public. */
export const addTenantAccess = {
  name: 'addTenantAccess',
  method: 'POST',
  route: 'flavors/{flavor_id}/action',
  request: { root: 'addTenantAccess', content: record({ tenant }), ...noNamespace },
  answer: accesses,
  status: 200,
} as const satisfies Operation;

/** Withdraw a flavor from a project. */
export const removeTenantAccess = {
  name: 'removeTenantAccess',
  method: 'POST',
  route: 'flavors/{flavor_id}/action',
  request: { root: 'removeTenantAccess', content: record({ tenant }), ...noNamespace },
  answer: accesses,
  status: 200,
} as const satisfies Operation;
