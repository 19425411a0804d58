import type { Config } from '../../config/settings.ts';
import type { AnswerLimits } from '../answer/answer-limits.ts';
import type { Connections } from '../cloud/connect/connections.ts';
import type { CloudContact } from '../cloud/contact.ts';
import { upstreamPrefix } from '../cloud/cloud.ts';
import { cloudIdOf } from '../cloud/header-fields.ts';
import { startCloudSpan } from '../cloud/cloud-span.ts';
import { createLegacyPath, dropVersionFields } from '../cloud/legacy-path.ts';
import type { Budget } from '../exchange/budget.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Gate } from '../exchange/fair-share/gate.ts';
import { startCloudTime, stopCloudTime } from '../exchange/trace.ts';
import { answerForwarded } from './answer.ts';
import { answerSettings } from './answer-settings.ts';
import { beginForwarding, forwardedTarget } from './callers-request.ts';
import { createForwardStreamed } from './by-proxy.ts';
import { createForwardWhole } from './by-undici.ts';
import { chooseSending, type Sending } from './short-body.ts';
import type { StreamedAnswer } from './read/streamed-answer.ts';

/** The function that forwards the request of an exchange and answers it. @throws {Fault} the cloud's, or 502 to 504 without an answer */
export type ForwardRequest = (exchange: Exchange) => Promise<void>;

/** The limits of forwarding. Those of request bodies, and of answers that are read whole, are shared with translation. */
export interface ForwardLimits {
  /** The limit of requests that are forwarded at a time for one account. */
  readonly gate: Gate;
  readonly requests: Budget;
  readonly answers: AnswerLimits;
}

/**
 * Create the forwarding of requests that are not translated. It changes only hop-by-hop and forwarding fields, Host, v1.1 and v2 in the path
 * (where the cloud has them), a media type suffix, Location, faults, which become legacy faults, and documents for callers
 * of XML. Nothing that changes something is sent twice. Short requests are sent whole by undici, which costs half as much; all others are streamed
 * by the proxy. Answers are streamed but for faults, choices and documents for callers of XML, which are read whole.
 */
export function createForward(
  config: Config,
  connections: Connections,
  { gate, requests, answers }: ForwardLimits,
  contact: CloudContact,
): ForwardRequest {
  const prefix = upstreamPrefix(config.upstream.url);
  const settings = answerSettings(config, prefix);
  const legacyPathOf = createLegacyPath(config.upstream, contact.readVersions);
  const send = createSend(config.upstream, connections, contact);
  return async (exchange) => {
    beginForwarding(exchange);
    const { target, legacyPath } = await forwardedTarget(exchange, settings.replyDefault, legacyPathOf);
    const path = prefix + target;
    const sending = await chooseSending(exchange, requests);
    // The caller has disconnected, or the deadline has passed.
    if (exchange.end.aborted) return;
    const release = gate.tryAcquire(exchange.account) ?? (await gate.acquire(exchange));
    try {
      startCloudSpan(exchange, path);
      const answer = await send(exchange, path, sending);
      if (legacyPath === 'v2.1') dropVersionFields(answer.headers);
      await answerForwarded(answer, exchange, settings, answers);
    } finally {
      release();
    }
  };
}

/**
 * Create the sending of a request: whole by undici if that can be, else streamed by the proxy. The answer is added to the
 * trace; the time of the cloud ends when its header section arrives.
 */
export function createSend(
  config: Config['upstream'],
  connections: Connections,
  contact: Pick<CloudContact, 'answered' | 'failed'>,
): (exchange: Exchange, path: string, sending: Sending) => Promise<StreamedAnswer> {
  const forwardWhole = createForwardWhole(connections.forwarded, config.connections);
  const forwardStreamed = createForwardStreamed(config, connections);
  return async (exchange, path, sending) => {
    const { trace } = exchange;
    startCloudTime(trace, exchange.request.method, path);
    try {
      const whole = sending.isWhole ? await forwardWhole(exchange, path, sending.body) : undefined;
      // The body has been read for undici; the proxy must send it.
      if (whole === undefined && sending.isWhole && sending.body !== null)
        exchange.received = { bytes: sending.body, isWhole: true };
      const answer = whole ?? (await forwardStreamed(exchange, path));
      trace.cloudStatus = answer.status;
      trace.cloudId = cloudIdOf(answer.headers);
      contact.answered(answer.status);
      return answer;
    } catch (error) {
      contact.failed(error, exchange.end);
      throw error;
    } finally {
      stopCloudTime(trace);
    }
  };
}
