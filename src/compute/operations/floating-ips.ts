import { attribute, list, record, string, text } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { trimmed } from '../resources/request-scalars.ts';

const floatingIp = record({
  instance_id: attribute(string()),
  ip: attribute(string()),
  fixed_ip: attribute(string()),
  id: attribute(string()),
  pool: attribute(string()),
});

const floatingIpDocument = { root: 'floating_ip', content: floatingIp, ...noNamespace } as const;

/** List the floating IPs of the project. */
export const listFloatingIps = {
  name: 'listFloatingIps',
  method: 'GET',
  route: 'os-floating-ips',
  answer: { root: 'floating_ips', content: list(floatingIp, { tag: 'floating_ip' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show one floating IP. */
export const showFloatingIp = {
  name: 'showFloatingIp',
  method: 'GET',
  route: 'os-floating-ips/{floating_ip_id}',
  answer: floatingIpDocument,
  status: 200,
} as const satisfies Operation;

/** Allocate a floating IP from the pool in the body, or from the default pool without a body. */
export const createFloatingIp = {
  name: 'createFloatingIp',
  method: 'POST',
  route: 'os-floating-ips',
  request: {
    root: 'pool',
    isBare: true,
    isOptional: true,
    content: record({ pool: text(trimmed, { nullable: true }) }),
    ...noNamespace,
  },
  answer: floatingIpDocument,
  status: 200,
} as const satisfies Operation;

/** Release a floating IP. */
export const deleteFloatingIp = {
  name: 'deleteFloatingIp',
  method: 'DELETE',
  route: 'os-floating-ips/{floating_ip_id}',
  status: 202,
} as const satisfies Operation;

/** List the pools of floating IPs. */
export const listFloatingIpPools = {
  name: 'listFloatingIpPools',
  method: 'GET',
  route: 'os-floating-ip-pools',
  answer: {
    root: 'floating_ip_pools',
    content: list(record({ name: attribute(string()) }), { tag: 'floating_ip_pool' }),
    ...noNamespace,
  },
  status: 200,
} as const satisfies Operation;
