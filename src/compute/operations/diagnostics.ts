import { integer, named } from '../../schema/words.ts';
import { unlinked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

/** Show the hypervisor's counters of a server; each hypervisor has names of its own. */
export const showDiagnostics = {
  name: 'showDiagnostics',
  method: 'GET',
  route: 'servers/{server_id}/diagnostics',
  answer: { root: 'diagnostics', isBare: true, content: named(integer()), ...unlinked },
  status: 200,
} as const satisfies Operation;
