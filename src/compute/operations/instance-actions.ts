import { attribute, datetime, inline, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const instanceAction = {
  instance_uuid: attribute(string()),
  user_id: attribute(string()),
  start_time: attribute(datetime({ withOffset: true })),
  request_id: attribute(string()),
  action: attribute(string()),
  message: attribute(string()),
  project_id: attribute(string()),
};

const event = record({
  finish_time: attribute(datetime({ withOffset: true })),
  start_time: attribute(datetime({ withOffset: true })),
  traceback: attribute(string()),
  event: attribute(string()),
  result: attribute(string()),
});

/** List the actions that were performed on a server. */
export const listInstanceActions = {
  name: 'listInstanceActions',
  method: 'GET',
  route: 'servers/{server_id}/os-instance-actions',
  answer: { root: 'instanceActions', content: list(record(instanceAction), { tag: 'instanceAction' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show one action that was performed on a server, with its events. */
export const showInstanceAction = {
  name: 'showInstanceAction',
  method: 'GET',
  route: 'servers/{server_id}/os-instance-actions/{request_id}',
  answer: {
    root: 'instanceAction',
    content: record({ ...instanceAction, events: inline(list(event, { tag: 'events' })) }),
    ...noNamespace,
  },
  status: 200,
} as const satisfies Operation;
