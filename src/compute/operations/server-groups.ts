import { attribute, element, list, record, string } from '../../schema/words.ts';
import { linked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { metadata } from '../resources/metadata.ts';

const word = string({ format: 'trimmed' });

const group = record({
  name: attribute(string()),
  id: attribute(string()),
  policies: element(list(string(), { tag: 'policy' }), { always: true }),
  members: element(list(string(), { tag: 'member' }), { always: true }),
  metadata: element(metadata, { always: true }),
});

const groupDocument = { root: 'server_group', content: group, ...linked } as const;

/** The project's groups of servers: GET os-server-groups. */
export const listServerGroups = {
  name: 'listServerGroups',
  method: 'GET',
  route: 'os-server-groups',
  answer: { root: 'server_groups', content: list(group, { tag: 'server_group' }), ...linked },
  status: 200,
} as const satisfies Operation;

/** One group of servers: GET os-server-groups/{server_group_id}. */
export const showServerGroup = {
  name: 'showServerGroup',
  method: 'GET',
  route: 'os-server-groups/{server_group_id}',
  answer: groupDocument,
  status: 200,
} as const satisfies Operation;

/** Makes a group of servers that are to be kept together or apart: POST os-server-groups. */
export const createServerGroup = {
  name: 'createServerGroup',
  method: 'POST',
  route: 'os-server-groups',
  request: {
    root: 'server_group',
    content: record({
      name: attribute(word, { required: true }),
      policies: element(list(word, { tag: 'policy' }), { required: true }),
    }),
    ...linked,
  },
  answer: groupDocument,
  status: 200,
} as const satisfies Operation;

/** Deletes a group, and none of its servers: DELETE os-server-groups/{server_group_id}. */
export const deleteServerGroup = {
  name: 'deleteServerGroup',
  method: 'DELETE',
  route: 'os-server-groups/{server_group_id}',
  status: 204,
} as const satisfies Operation;
