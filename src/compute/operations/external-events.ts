import { element, integer, list, record, string } from '../../schema/words.ts';
import { worksUnaided } from '../../schema/unaided.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { trimmed, anyText } from '../resources/request-scalars.ts';

const required = { required: true } as const;

const event = record(
  {
    name: element(trimmed, required),
    tag: element(anyText),
    server_uuid: element(trimmed, required),
    status: element(trimmed),
  },
  { emptyIsAbsent: { null: {}, text: { tag: worksUnaided } } },
);

const acceptedEvent = record({
  status: element(string()),
  tag: element(string()),
  name: element(string()),
  server_uuid: element(string()),
  code: element(integer()),
});

/** Report events of other services about servers. The status is 207 if Nova accepts some of them only. */
export const createExternalEvents = {
  name: 'createExternalEvents',
  method: 'POST',
  route: 'os-server-external-events',
  request: { root: 'events', content: list(event, { tag: 'event' }), ...noNamespace },
  answer: { root: 'events', content: list(acceptedEvent, { tag: 'event' }), ...noNamespace },
  status: 200,
  otherStatus: 207,
} as const satisfies Operation;
