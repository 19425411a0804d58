import type { Request } from 'express';
import { pathFactsOf } from '../../compute/path-facts.ts';
import { codecOf } from '../../media/media-type.ts';
import { cloudFault, isLegacyFault, statusFor } from '../../upstream/faults/cloud-fault.ts';
import { gatewayLink } from '../../upstream/links.ts';
import { publicUrl } from '../answer/public-url.ts';
import { relayHeaders } from '../answer/relay-headers.ts';
import { replyTypeOf } from '../answer/reply-type.ts';
import { credentialsOf } from '../cloud/cloud.ts';
import { dropHopByHop } from '../cloud/header-fields.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { copyHead } from './answer-head.ts';
import type { AnswerSettings } from './answer-settings.ts';
import { answerChoices } from './choices.ts';
import { readShortAnswer } from './short-answer.ts';
import { streamBody } from './stream.ts';
import type { StreamedAnswer } from './streamed-answer.ts';

/**
 * Answers the caller with the cloud's answer as it comes. A fault becomes a legacy fault in the media type of the answer,
 * unless it is one already.
 * @throws {Fault} for the cloud's faults
 */
export async function answerForwarded(
  answer: StreamedAnswer,
  exchange: Exchange,
  settings: AnswerSettings,
): Promise<void> {
  const { status, headers } = answer;
  const { request, response, end } = exchange;
  // It ended between the header section and here; its end is not signalled again.
  if (end.aborted) return answer.destroy();
  // Node throws for a status below 100, where nobody can catch it.
  if (status < 200 || !endsInChunks.test(headers['transfer-encoding'] ?? 'chunked')) {
    answer.destroy();
    throw noAnswer.broken();
  }
  dropHopByHop(headers);
  if (typeof headers.location === 'string') headers.location = locationFor(headers.location, status, request, settings);
  if (status >= 400 && request.method !== 'HEAD') return answerFault(answer, status, exchange, settings);
  if (status === 300 && request.method === 'GET') return answerChoices(answer, exchange, settings);
  copyHead(answer, statusFor(status), response);
  return streamBody(answer, exchange);
}

/** Chunks are decoded and made anew; a body whose last coding is another one has no end that could be told to the caller. */
const endsInChunks = /^(?:(?!\s*chunked\b)[^,]*,)*\s*chunked$/i;

async function answerFault(
  answer: StreamedAnswer,
  status: number,
  { request, response, trace }: Exchange,
  { replyDefault, answerTimeoutMs }: AnswerSettings,
): Promise<void> {
  const { body, decoded } = await readShortAnswer(answer, status, answerTimeoutMs);
  if (codecOf[replyTypeOf(request, replyDefault)] === 'json' && isLegacyFault(decoded)) {
    trace.fault = 'cloud-fault';
    copyHead(answer, status, response);
    response.end(body);
    return;
  }
  relayHeaders(response, decoded, true);
  throw cloudFault(decoded, credentialsOf(request.headers));
}

/** Point Location at the gateway, unless the cloud redirects to another host. */
function locationFor(
  location: string,
  status: number,
  request: Request,
  { upstreamHost, upstreamPrefix, publicUrl: setting }: AnswerSettings,
): string {
  const isRedirect = status >= 300 && status < 400;
  const isElsewhere = URL.canParse(location) && new URL(location).host !== upstreamHost;
  if (isRedirect && isElsewhere) return location;
  const { version = '' } = pathFactsOf(request.originalUrl);
  return gatewayLink(location, { publicUrl: publicUrl(request, setting), version, cloudPath: upstreamPrefix });
}
