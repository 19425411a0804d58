import { attribute, datetime, integer, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const textAttribute = attribute(string());

const service = record({
  status: textAttribute,
  binary: textAttribute,
  zone: textAttribute,
  state: textAttribute,
  updated_at: attribute(datetime({ withOffset: true })),
  host: textAttribute,
  disabled_reason: textAttribute,
  id: attribute(integer()),
});

/** List the services of the cloud. */
export const listServices = {
  name: 'listServices',
  method: 'GET',
  route: 'os-services',
  answer: { root: 'services', content: list(service, { tag: 'service' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

const change = {
  method: 'PUT',
  request: {
    root: 'service',
    isBare: true,
    content: record(
      {
        host: attribute(string(), { required: true }),
        binary: attribute(string(), { required: true }),
        disabled_reason: textAttribute,
      },
      { emptyIsAbsent: { null: {}, text: {} } },
    ),
    ...noNamespace,
  },
  answer: {
    root: 'service',
    content: record({
      status: textAttribute,
      binary: textAttribute,
      host: textAttribute,
      disabled_reason: textAttribute,
    }),
    ...noNamespace,
  },
  status: 200,
} as const;

/** Enable a service, so that the scheduler uses its host. */
export const enableService = {
  name: 'enableService',
  route: 'os-services/enable',
  ...change,
} as const satisfies Operation;

/** Disable a service, so that the scheduler no longer uses its host. */
export const disableService = {
  name: 'disableService',
  route: 'os-services/disable',
  ...change,
} as const satisfies Operation;

/** Disable a service and store a reason. */
export const disableServiceWithReason = {
  name: 'disableServiceWithReason',
  route: 'os-services/disable-log-reason',
  ...change,
} as const satisfies Operation;
