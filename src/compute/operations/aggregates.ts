import { attribute, boolean, datetime, element, integer, list, named, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const aggregate = record({
  name: element(string()),
  availability_zone: element(string()),
  deleted: element(boolean()),
  created_at: element(datetime()),
  updated_at: element(datetime()),
  hosts: element(list(string(), { tag: 'host' })),
  deleted_at: element(datetime()),
  id: element(integer()),
  metadata: element(named(string())),
});

const aggregateDocument = { root: 'aggregate', content: aggregate, isUndeclared: true, ...none } as const;

/** The groups of hosts: GET os-aggregates. */
export const listAggregates = {
  name: 'listAggregates',
  method: 'GET',
  route: 'os-aggregates',
  answer: { root: 'aggregates', content: list(aggregate, { tag: 'aggregate' }), isUndeclared: true, ...none },
  status: 200,
} as const satisfies Operation;

/** One group of hosts: GET os-aggregates/{aggregate_id}. */
export const showAggregate = {
  name: 'showAggregate',
  method: 'GET',
  route: 'os-aggregates/{aggregate_id}',
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;

const word = string({ format: 'trimmed' });
const zone = attribute(word, { eitherWay: true, nullable: true });

/** Makes a group of hosts, without hosts and metadata: POST os-aggregates. */
export const createAggregate = {
  name: 'createAggregate',
  method: 'POST',
  route: 'os-aggregates',
  request: {
    root: 'aggregate',
    content: record({ name: attribute(word, { eitherWay: true, required: true }), availability_zone: zone }),
    ...none,
  },
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;

/** Renames a group of hosts, or puts it into another zone: PUT os-aggregates/{aggregate_id}. */
export const updateAggregate = {
  name: 'updateAggregate',
  method: 'PUT',
  route: 'os-aggregates/{aggregate_id}',
  request: {
    root: 'aggregate',
    content: record({ name: attribute(word, { eitherWay: true }), availability_zone: zone }),
    ...none,
  },
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;

/** Deletes a group of hosts: DELETE os-aggregates/{aggregate_id}. */
export const deleteAggregate = {
  name: 'deleteAggregate',
  method: 'DELETE',
  route: 'os-aggregates/{aggregate_id}',
  status: 200,
} as const satisfies Operation;

const host = attribute(word, { eitherWay: true, required: true });

/** Adds a host to a group: POST os-aggregates/{aggregate_id}/action with add_host. */
export const addHost = {
  name: 'addHost',
  method: 'POST',
  route: 'os-aggregates/{aggregate_id}/action',
  request: { root: 'add_host', content: record({ host }), ...none },
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;

/** Removes a host from a group: POST os-aggregates/{aggregate_id}/action with remove_host. */
export const removeHost = {
  name: 'removeHost',
  method: 'POST',
  route: 'os-aggregates/{aggregate_id}/action',
  request: { root: 'remove_host', content: record({ host }), ...none },
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;
