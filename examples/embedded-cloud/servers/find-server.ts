import { type Call, parameter } from '../call/call.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import type { ServerRecord } from '../state/server-record.ts';

/** Find the server that the path names; throw a 404 if there is none. */
export function findServer(call: Call): ServerRecord {
  const id = parameter(call, 'server');
  const server = call.cloud.servers.get(id);
  if (server === undefined) throw new CloudFault(404, `Instance ${id} could not be found.`);
  return server;
}
