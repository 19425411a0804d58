import { jsonAnswer } from '../http/answer.ts';
import { deleteServer } from '../servers/delete-server.ts';
import { findServer } from '../servers/find-server.ts';
import type { Action } from './parameters.ts';

/** Locks a server; every further action but `unlock` is refused. */
export const answerLock: Action = (call) => {
  findServer(call).locked = true;
  return jsonAnswer(202);
};

/** Unlocks a server. */
export const answerUnlock: Action = (call) => {
  findServer(call).locked = false;
  return jsonAnswer(202);
};

/** Deletes a server, as DELETE does. */
export const answerForceDelete: Action = (call) => {
  deleteServer(call);
  return jsonAnswer(202);
};
