import type { Request } from 'express';
import { modernVersion, pathFactsOf } from '../../compute/path-facts.ts';
import { codecOf } from '../../media/media-type.ts';
import { cloudFault, isLegacyFault, statusFor } from '../../upstream/faults/cloud-fault.ts';
import { gatewayLink } from '../../upstream/links.ts';
import { publicUrl } from '../answer/public-url.ts';
import { relayHeaders } from '../answer/relay-headers.ts';
import { replyTypeOf } from '../answer/reply-type.ts';
import { callersVersion, credentialsOf } from '../cloud/cloud.ts';
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
 * Stream the cloud's answer to the caller. A fault that is not a legacy fault yet is converted to one, in the media type of
 * the answer.
 * @throws {Fault} for faults of the cloud
 */
export async function answerForwarded(
  answer: StreamedAnswer,
  exchange: Exchange,
  settings: AnswerSettings,
): Promise<void> {
  const { status, headers } = answer;
  const { request, response, end } = exchange;
  // The exchange may have ended since the header section arrived; its end is not signalled again.
  if (end.aborted) return answer.destroy();
  // For a status below 100 node throws an error that cannot be caught.
  if (status < 200 || !endsInChunks.test(headers['transfer-encoding'] ?? 'chunked')) {
    answer.destroy();
    throw noAnswer.broken();
  }
  dropHopByHop(headers);
  if (typeof headers.location === 'string') headers.location = locationFor(headers.location, status, request, settings);
  if (status >= 400 && request.method !== 'HEAD') return answerFault(answer, status, exchange, settings);
  if (status === 300 && request.method === 'GET') return answerChoices(answer, exchange, settings);
  copyHead(answer, statusFor(status, isModern(request)), response);
  return streamBody(answer, exchange);
}

/** The transfer codings that can be relayed: node decodes chunks and writes new ones. With another last coding the end of the body is unknown. */
const endsInChunks = /^(?:(?!\s*chunked\b)[^,]*,)*\s*chunked$/i;

async function answerFault(
  answer: StreamedAnswer,
  status: number,
  { request, response, trace }: Exchange,
  { replyDefault, answerTimeoutMs }: AnswerSettings,
): Promise<void> {
  const { body, decoded } = await readShortAnswer(answer, status, answerTimeoutMs);
  if (codecOf[replyTypeOf(request, replyDefault)] === 'json' && isLegacyFault(decoded, isModern(request))) {
    trace.fault = 'cloud-fault';
    copyHead(answer, status, response);
    response.end(body);
    return;
  }
  relayHeaders(response, decoded, true);
  throw cloudFault(decoded, credentialsOf(request.headers), isModern(request));
}

/** Check for a caller who names a microversion on v2.1, as only modern clients do. */
function isModern({ originalUrl, headers }: Request): boolean {
  return pathFactsOf(originalUrl).version === modernVersion && callersVersion(headers) !== undefined;
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
