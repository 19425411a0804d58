import { attribute, list, record, string, text } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const floatingIp = record({
  instance_id: attribute(string()),
  ip: attribute(string()),
  fixed_ip: attribute(string()),
  id: attribute(string()),
  pool: attribute(string()),
});

const floatingIpDocument = { root: 'floating_ip', content: floatingIp, ...none } as const;

/** The project's floating IPs: GET os-floating-ips. */
export const listFloatingIps = {
  name: 'listFloatingIps',
  method: 'GET',
  route: 'os-floating-ips',
  answer: { root: 'floating_ips', content: list(floatingIp, { tag: 'floating_ip' }), ...none },
  status: 200,
} as const satisfies Operation;

/** One floating IP: GET os-floating-ips/{floating_ip_id}. */
export const showFloatingIp = {
  name: 'showFloatingIp',
  method: 'GET',
  route: 'os-floating-ips/{floating_ip_id}',
  answer: floatingIpDocument,
  status: 200,
} as const satisfies Operation;

/** Takes a floating IP, out of a pool or the first: POST os-floating-ips with `<pool>nova</pool>`, or nothing. */
export const createFloatingIp = {
  name: 'createFloatingIp',
  method: 'POST',
  route: 'os-floating-ips',
  request: {
    root: 'pool',
    isBare: true,
    isOptional: true,
    content: record({ pool: text(string({ format: 'trimmed' }), { nullable: true }) }),
    ...none,
  },
  answer: floatingIpDocument,
  status: 200,
} as const satisfies Operation;

/** Gives a floating IP back: DELETE os-floating-ips/{floating_ip_id}. */
export const deleteFloatingIp = {
  name: 'deleteFloatingIp',
  method: 'DELETE',
  route: 'os-floating-ips/{floating_ip_id}',
  status: 202,
} as const satisfies Operation;

/** The pools of floating IPs: GET os-floating-ip-pools. */
export const listFloatingIpPools = {
  name: 'listFloatingIpPools',
  method: 'GET',
  route: 'os-floating-ip-pools',
  answer: {
    root: 'floating_ip_pools',
    content: list(record({ name: attribute(string()) }), { tag: 'floating_ip_pool' }),
    ...none,
  },
  status: 200,
} as const satisfies Operation;
