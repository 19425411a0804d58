import { attribute, datetime, inline, list, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const done = {
  instance_uuid: attribute(string()),
  user_id: attribute(string()),
  start_time: attribute(datetime()),
  request_id: attribute(string()),
  action: attribute(string()),
  message: attribute(string()),
  project_id: attribute(string()),
};

const event = record({
  finish_time: attribute(datetime()),
  start_time: attribute(datetime()),
  traceback: attribute(string()),
  event: attribute(string()),
  result: attribute(string()),
});

/** What was done to a server: GET servers/{server_id}/os-instance-actions. */
export const listInstanceActions = {
  name: 'listInstanceActions',
  method: 'GET',
  route: 'servers/{server_id}/os-instance-actions',
  answer: { root: 'instanceActions', content: list(record(done), { tag: 'instanceAction' }), ...none },
  status: 200,
} as const satisfies Operation;

/** One thing that was done to a server: GET servers/{server_id}/os-instance-actions/{request_id}. */
export const showInstanceAction = {
  name: 'showInstanceAction',
  method: 'GET',
  route: 'servers/{server_id}/os-instance-actions/{request_id}',
  answer: {
    root: 'instanceAction',
    content: record({ ...done, events: inline(list(event, { tag: 'events' })) }),
    ...none,
  },
  status: 200,
} as const satisfies Operation;
