import { attribute, datetime, integer, list, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const word = attribute(string());

const service = record({
  status: word,
  binary: word,
  zone: word,
  state: word,
  updated_at: attribute(datetime({ withOffset: true })),
  host: word,
  disabled_reason: word,
  id: attribute(integer()),
});

/** The cloud's own services: GET os-services. */
export const listServices = {
  name: 'listServices',
  method: 'GET',
  route: 'os-services',
  answer: { root: 'services', content: list(service, { tag: 'service' }), ...none },
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
        disabled_reason: word,
      },
      { emptyIsAbsent: true },
    ),
    ...none,
  },
  answer: {
    root: 'service',
    content: record({ status: word, binary: word, host: word, disabled_reason: word }),
    ...none,
  },
  status: 200,
} as const;

/** Lets a host be used for new servers: PUT os-services/enable. */
export const enableService = {
  name: 'enableService',
  route: 'os-services/enable',
  ...change,
} as const satisfies Operation;

/** Keeps a host from being used for new servers: PUT os-services/disable. */
export const disableService = {
  name: 'disableService',
  route: 'os-services/disable',
  ...change,
} as const satisfies Operation;

/** The same, and says why: PUT os-services/disable-log-reason. */
export const disableServiceWithReason = {
  name: 'disableServiceWithReason',
  route: 'os-services/disable-log-reason',
  ...change,
} as const satisfies Operation;
