import { attribute, element, list, record, string } from '../../schema/words.ts';
import { linked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { metadata } from '../resources/metadata.ts';
import { trimmed } from '../resources/request-scalars.ts';

const group = record({
  name: attribute(string()),
  id: attribute(string()),
  policies: element(list(string(), { tag: 'policy' }), { always: true }),
  members: element(list(string(), { tag: 'member' }), { always: true }),
  metadata: element(metadata, { always: true }),
});

const groupDocument = { root: 'server_group', content: group, ...linked } as const;

/** List the server groups of the project. */
export const listServerGroups = {
  name: 'listServerGroups',
  method: 'GET',
  route: 'os-server-groups',
  answer: { root: 'server_groups', content: list(group, { tag: 'server_group' }), ...linked },
  status: 200,
} as const satisfies Operation;

/** Show one server group. */
export const showServerGroup = {
  name: 'showServerGroup',
  method: 'GET',
  route: 'os-server-groups/{server_group_id}',
  answer: groupDocument,
  status: 200,
} as const satisfies Operation;

/** Create a server group with an affinity or anti-affinity policy. */
export const createServerGroup = {
  name: 'createServerGroup',
  method: 'POST',
  route: 'os-server-groups',
  request: {
    root: 'server_group',
    content: record({
      name: attribute(trimmed, { required: true }),
      policies: element(list(trimmed, { tag: 'policy' }), { required: true }),
    }),
    ...linked,
  },
  answer: groupDocument,
  status: 200,
} as const satisfies Operation;

/** Delete a server group, but none of its servers. */
export const deleteServerGroup = {
  name: 'deleteServerGroup',
  method: 'DELETE',
  route: 'os-server-groups/{server_group_id}',
  status: 204,
} as const satisfies Operation;
