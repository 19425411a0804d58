import type { Config } from '../../config/settings.ts';
import type { CloudTls } from '../../config/tls-files.ts';
import type { AnswerLimits } from '../answer/answer-limits.ts';
import { replyTypeOf } from '../answer/reply-type.ts';
import { upstreamPrefix } from '../cloud/cloud.ts';
import { cloudIdOf, dropHopByHop, via } from '../cloud/header-fields.ts';
import type { Pool } from '../cloud/undici.ts';
import type { Budget } from '../exchange/budget.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { answerForwarded } from './answer.ts';
import { answerSettings } from './answer-settings.ts';
import { prepareRequest, withoutSuffix } from './callers-request.ts';
import { createForwardStreamed } from './by-proxy.ts';
import { createForwardWhole } from './by-undici.ts';
import { chooseSending } from './short-body.ts';
import type { AnswerHead } from './streamed-answer.ts';

/** The function that forwards the request of an exchange and answers it. @throws {Fault} the cloud's, or 502 to 504 without an answer */
export type ForwardRequest = (exchange: Exchange) => Promise<void>;

/** The limits that forwarding shares with translation: of request bodies, and of answers that are read whole. */
export interface ForwardLimits {
  readonly requests: Budget;
  readonly answers: AnswerLimits;
}

/**
 * Create the forwarding of requests that are not translated. It changes only hop-by-hop fields, Host, v1.1 in the path
 * (modern clouds call it v2), a media type suffix, Location, faults, which become legacy faults, and documents for callers
 * of XML. Nothing is sent twice. Short requests are
 * sent whole by undici, which costs half as much; all others are streamed by the proxy. Answers are streamed.
 */
export function createForward(
  config: Config,
  tls: CloudTls,
  pool: Pool,
  { requests, answers }: ForwardLimits,
): ForwardRequest {
  const prefix = upstreamPrefix(config.upstream.url);
  const settings = answerSettings(config, prefix);
  const forwardWhole = createForwardWhole(pool, config.upstream.connections);
  const forwardStreamed = createForwardStreamed(config.upstream, tls);
  return async (exchange) => {
    const { request, trace, end } = exchange;
    trace.isForwarded = true;
    request.headers.via = via(request.headers);
    dropHopByHop(request.headers);
    const type = replyTypeOf(request, settings.replyDefault);
    exchange.replyType = type;
    const path = prefix + withoutSuffix(request, settings.replyDefault).replace(/^\/+v1\.1(?=\/|$|\?)/, '/v2');
    await prepareRequest(exchange, type);
    const sending = await chooseSending(exchange, requests);
    // The caller has disconnected, or the deadline has passed.
    if (end.aborted) return;
    const whole = sending.isWhole ? await forwardWhole(exchange, path, sending.body) : undefined;
    // The body has been read for undici; the proxy must send it.
    if (whole === undefined && sending.isWhole && sending.body !== null)
      exchange.received = { bytes: sending.body, isWhole: true };
    const answer = whole ?? (await forwardStreamed(exchange, path));
    traceAnswer(exchange, answer);
    await answerForwarded(answer, exchange, settings, answers);
  };
}

/** Add the cloud's answer to the trace. The time ends when the header section arrives. */
function traceAnswer({ trace }: Exchange, { status, headers }: AnswerHead): void {
  const id = cloudIdOf(headers);
  trace.cloudStatus = status;
  if (id !== undefined) trace.cloudId = id;
  trace.cloudMs = performance.now() - trace.startedAt;
}
