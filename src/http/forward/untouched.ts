import type { Config } from '../../config/settings.ts';
import { cloudReasonOf } from '../../upstream/faults/cloud-fault.ts';
import { startCloudSpan } from '../cloud/cloud-span.ts';
import { upstreamPrefix } from '../cloud/cloud.ts';
import type { CloudContact } from '../cloud/contact.ts';
import type { Connections } from '../cloud/connect/connections.ts';
import { dropCloudFields } from '../cloud/header-fields.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { admit } from '../exchange/rules/admit.ts';
import { copyHead } from './answer-head.ts';
import { refuseUnframed } from './answer.ts';
import { beginForwarding } from './callers-request.ts';
import { createSend, type ForwardLimits, type ForwardRequest } from './forward.ts';
import type { StreamedAnswer } from './read/streamed-answer.ts';
import { chooseSending } from './short-body.ts';
import { streamBody } from './stream.ts';

/** The observer of the identity service. An answer of it says nothing about the compute API. */
const noContact: Pick<CloudContact, 'answered' | 'failed'> = { answered: () => undefined, failed: () => undefined };

/**
 * Create the forwarding of requests of a modern API, such as Identity v3, to a service. Target, body, links and faults stay as
 * they are; only hop-by-hop and forwarding fields change, and Host. It sends as {@link ForwardRequest} does.
 */
export function createForwardUntouched(
  upstream: Config['upstream'],
  connections: Connections,
  { gate, requests }: Pick<ForwardLimits, 'gate' | 'requests'>,
): ForwardRequest {
  const prefix = upstreamPrefix(upstream.url);
  const send = createSend(upstream, connections, noContact);
  return async (exchange) => {
    beginForwarding(exchange);
    admit(exchange);
    const sending = await chooseSending(exchange, requests);
    // The caller has disconnected, or the deadline has passed.
    if (exchange.end.aborted) return;
    const release = gate.tryAcquire(exchange.account) ?? (await gate.acquire(exchange));
    try {
      const path = prefix + exchange.request.url;
      startCloudSpan(exchange, path, upstream.url);
      await relay(await send(exchange, path, sending), exchange);
    } finally {
      release();
    }
  };
}

function relay(answer: StreamedAnswer, exchange: Exchange): Promise<void> | void {
  const { response, trace, end } = exchange;
  // The exchange may have ended since the header section arrived; its end is not signalled again.
  if (end.aborted) return answer.destroy();
  refuseUnframed(answer);
  dropCloudFields(answer.headers);
  if (answer.status >= 400) trace.fault = cloudReasonOf(answer.status);
  copyHead(answer, answer.status, response);
  return streamBody(answer, exchange);
}
