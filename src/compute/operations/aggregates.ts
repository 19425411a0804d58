import { attribute, boolean, datetime, element, integer, list, named, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { eitherWay, requiredEitherWay, trimmed, nameText, anyText } from '../resources/request-scalars.ts';

const aggregate = record({
  name: element(string()),
  availability_zone: element(string()),
  deleted: element(boolean({ asTruth: true })),
  created_at: element(datetime()),
  updated_at: element(datetime()),
  hosts: element(list(string(), { tag: 'host' })),
  deleted_at: element(datetime()),
  id: element(integer()),
  metadata: element(named(string())),
});

const aggregateDocument = { root: 'aggregate', content: aggregate, isUndeclared: true, ...noNamespace } as const;

/** List the host aggregates. */
export const listAggregates = {
  name: 'listAggregates',
  method: 'GET',
  route: 'os-aggregates',
  answer: { root: 'aggregates', content: list(aggregate, { tag: 'aggregate' }), isUndeclared: true, ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show one host aggregate. */
export const showAggregate = {
  name: 'showAggregate',
  method: 'GET',
  route: 'os-aggregates/{aggregate_id}',
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;

const zone = attribute(nameText, { ...eitherWay, nullable: true });

/** Create a host aggregate, without hosts and metadata. */
export const createAggregate = {
  name: 'createAggregate',
  method: 'POST',
  route: 'os-aggregates',
  request: {
    root: 'aggregate',
    content: record({ name: attribute(nameText, requiredEitherWay), availability_zone: zone }),
    ...noNamespace,
  },
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;

/** Rename a host aggregate, or move it to another availability zone. */
export const updateAggregate = {
  name: 'updateAggregate',
  method: 'PUT',
  route: 'os-aggregates/{aggregate_id}',
  request: {
    root: 'aggregate',
    content: record({ name: attribute(anyText, eitherWay), availability_zone: zone }),
    ...noNamespace,
  },
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;

/** Delete a host aggregate. */
export const deleteAggregate = {
  name: 'deleteAggregate',
  method: 'DELETE',
  route: 'os-aggregates/{aggregate_id}',
  status: 200,
} as const satisfies Operation;

const host = attribute(trimmed, requiredEitherWay);

/** Add a host to an aggregate. */
export const addHost = {
  name: 'addHost',
  method: 'POST',
  route: 'os-aggregates/{aggregate_id}/action',
  request: { root: 'add_host', content: record({ host }), ...noNamespace },
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;

/** Remove a host from an aggregate. */
export const removeHost = {
  name: 'removeHost',
  method: 'POST',
  route: 'os-aggregates/{aggregate_id}/action',
  request: { root: 'remove_host', content: record({ host }), ...noNamespace },
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;

/** Set items of an aggregate's metadata. A null in JSON removes an item. */
export const setAggregateMetadata = {
  name: 'setAggregateMetadata',
  method: 'POST',
  route: 'os-aggregates/{aggregate_id}/action',
  request: {
    root: 'set_metadata',
    content: record({
      metadata: element(named(string(), { eitherWay: true, nullable: true }), { required: true }),
    }),
    ...noNamespace,
  },
  answer: aggregateDocument,
  status: 200,
} as const satisfies Operation;
