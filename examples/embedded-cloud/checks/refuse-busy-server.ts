import { CloudFault } from '../http/cloud-fault.ts';
import type { CloudState } from '../state/cloud-state.ts';
import { type ServerRecord, type VmState, stateAt } from '../state/server-record.ts';

/** Refuse an action with 409 if the server is locked, has a task in progress, or is in another state than those given. */
export function refuseBusyServer(
  cloud: CloudState,
  server: ServerRecord,
  action: string,
  from?: readonly VmState[],
): void {
  if (server.locked) throw new CloudFault(409, `Instance ${server.id} is locked`);
  const { taskState, vmState } = stateAt(server, cloud.now());
  const reason =
    from?.includes(vmState) === false
      ? `vm_state ${vmState}`
      : taskState === null
        ? undefined
        : `task_state ${taskState}`;
  if (reason === undefined) return;
  throw new CloudFault(409, `Cannot '${action}' instance ${server.id} while it is in ${reason}`);
}
