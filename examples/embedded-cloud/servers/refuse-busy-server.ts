import { CloudFault } from '../http/cloud-fault.ts';
import { type ServerRecord, stateAt } from '../state/server-record.ts';
import type { CloudState } from './server-call.ts';

/** Refuses an action with 409 if the server is locked or has a task in progress. */
export function refuseBusyServer(cloud: CloudState, server: ServerRecord, action: string): void {
  if (server.locked) throw new CloudFault(409, `Instance ${server.id} is locked`);
  const { taskState } = stateAt(server, cloud.now());
  if (taskState === null) return;
  throw new CloudFault(409, `Cannot '${action}' instance ${server.id} while it is in task_state ${taskState}`);
}
