import { type Call, parameter } from '../call/call.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { CloudFault } from '../http/cloud-fault.ts';
import { PROJECT, USER } from '../state/seed-data.ts';
import type { InstanceAction, ServerRecord } from '../state/server-record.ts';
import { findServer } from './find-server.ts';

const EVENTS_SHOWN = 51;
const UPDATED_SHOWN = 58;

/** Keep an action in the history of a server; the names of its extensions' actions lose their prefix. */
export function recordAction({ cloud, incoming }: Call, server: ServerRecord, name: string): void {
  const action = name.replace(/^os-/, '');
  server.actions = [{ action, requestId: incoming.id, started: cloud.now() }, ...server.actions];
}

/** Respond to GET /servers/{id}/os-instance-actions, the last action first. */
export function answerInstanceActions(call: Call): Answer {
  const server = findServer(call);
  return jsonAnswer(200, { instanceActions: server.actions.map((action) => actionDocument(call, server, action)) });
}

/** Respond to GET /servers/{id}/os-instance-actions/{request}. */
export function answerInstanceAction(call: Call): Answer {
  const server = findServer(call);
  const wanted = parameter(call, 'request');
  const action = server.actions.find(({ requestId }) => requestId === wanted);
  if (action === undefined) throw new CloudFault(404, `Action ${wanted} not found`);
  const start = pythonTime(action.started);
  const event = { event: `compute_${action.action}`, start_time: start, finish_time: start, result: 'Success' };
  const events = call.scope.minor >= EVENTS_SHOWN ? { events: [event] } : {};
  return jsonAnswer(200, { instanceAction: { ...actionDocument(call, server, action), ...events } });
}

function actionDocument({ scope }: Call, server: ServerRecord, { action, requestId, started }: InstanceAction): object {
  return {
    action,
    instance_uuid: server.id,
    request_id: requestId,
    user_id: USER,
    project_id: PROJECT,
    start_time: pythonTime(started),
    message: null,
    ...(scope.minor >= UPDATED_SHOWN && { updated_at: pythonTime(started) }),
  };
}

/** Print a time as Python does without a zone, in microseconds. */
function pythonTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, -1)}000`;
}
