import type { Call } from '../call/call.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { findServer } from './find-server.ts';

/** Respond to DELETE /servers/{id}; the server is gone at once. */
export function answerDeleteServer(call: Call): Answer {
  deleteServer(call);
  return jsonAnswer(204);
}

/** Delete the server that the path names, whatever its state, unless it is locked. */
export function deleteServer(call: Call): void {
  const { id, locked } = findServer(call);
  if (locked) throw new CloudFault(409, `Instance ${id} is locked`);
  call.cloud.servers.delete(id);
}
