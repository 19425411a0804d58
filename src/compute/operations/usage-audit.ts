import { element, integer, list, named, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

/** The log of one host; its element has the name of the host. */
const hostLog = record({
  instances: element(integer()),
  message: element(string()),
  errors: element(integer()),
  state: element(string()),
});

const auditLog = record({
  total_errors: element(integer()),
  total_instances: element(integer()),
  log: element(named(hostLog), { always: true }),
  num_hosts_running: element(integer()),
  num_hosts_done: element(integer()),
  num_hosts_not_run: element(integer()),
  hosts_not_run: element(list(string(), { tag: 'item' }), { always: true }),
  overall_status: element(string()),
  period_ending: element(string()),
  period_beginning: element(string()),
  num_hosts: element(integer()),
});

/** Show how far the hosts have counted the usage of the last period. */
export const listUsageAudits = {
  name: 'listUsageAudits',
  method: 'GET',
  route: 'os-instance_usage_audit_log',
  answer: { root: 'instance_usage_audit_logs', content: auditLog, isUndeclared: true, ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show how far the hosts have counted the usage of the period before a time. */
export const showUsageAudit = {
  name: 'showUsageAudit',
  method: 'GET',
  route: 'os-instance_usage_audit_log/{before}',
  answer: { root: 'instance_usage_audit_log', content: auditLog, isUndeclared: true, ...noNamespace },
  status: 200,
} as const satisfies Operation;
