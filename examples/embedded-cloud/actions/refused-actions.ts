import { CloudFault } from '../http/cloud-fault.ts';
import type { Action } from './parameters.ts';

const ADMINISTRATORS_ONLY: readonly (readonly [action: string, policy: string])[] = [
  ['migrate', 'os-migrate-server:migrate'],
  ['os-migrateLive', 'os-migrate-server:migrate_live'],
  ['os-resetState', 'os-admin-actions:reset_state'],
  ['injectNetworkInfo', 'os-admin-actions:inject_network_info'],
  ['evacuate', 'os-evacuate'],
  ['shelveOffload', 'os-shelve:shelve_offload'],
];

const WITHDRAWN: readonly string[] = ['resetNetwork'];

const GONE = 'This resource is no longer available. No forwarding address is given.';

/** The actions that Nova refuses: 403 to everybody but administrators, 410 to everybody. */
export const REFUSED_ACTIONS: readonly (readonly [string, Action])[] = [
  ...ADMINISTRATORS_ONLY.map(([name, policy]) => [name, refusing(403, policyMessage(policy))] as const),
  ...WITHDRAWN.map((name) => [name, refusing(410, GONE)] as const),
];

function refusing(status: number, message: string): Action {
  return () => {
    throw new CloudFault(status, message);
  };
}

function policyMessage(policy: string): string {
  return `Policy doesn't allow os_compute_api:${policy} to be performed.`;
}
