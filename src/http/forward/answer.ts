import { modernVersion } from '../../compute/path-facts.ts';
import { codecOf, isXmlType, type MediaType } from '../../media/media-type.ts';
import { cloudFault, cloudReasonOf, isLegacyFault, statusFor } from '../../upstream/faults/cloud-fault.ts';
import { gatewayLink } from '../../upstream/links.ts';
import type { AnswerLimits } from '../answer/answer-limits.ts';
import { relayHeaders } from '../answer/relay-headers.ts';
import { isForwardedXml, replyTypeOf } from '../answer/reply-type.ts';
import { callersVersion, credentialsOf } from '../cloud/cloud.ts';
import { dropCloudFields } from '../cloud/header-fields.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { copyHead } from './answer-head.ts';
import { boundsOf, linksOf, type AnswerSettings } from './answer-settings.ts';
import { answerChoices } from './choices.ts';
import { answerGeneric } from './generic-answer.ts';
import { refuseErrorInSuccess } from './error-in-success.ts';
import { isJson } from './read/json-type.ts';
import { linkRewriter, rewriteHeadLinks, sendRewritten } from './rewritten-links.ts';
import { readShortAnswer } from './read/short-answer.ts';
import { streamBody } from './stream.ts';
import type { StreamedAnswer } from './read/streamed-answer.ts';
import { withoutUnaskedCoding } from './read/unasked-coding.ts';

/**
 * Stream the cloud's answer to the caller. A fault that is not a legacy fault yet is converted to one, in the media type of
 * the answer.
 * @throws {Fault} for faults of the cloud
 */
export async function answerForwarded(
  answer: StreamedAnswer,
  exchange: Exchange,
  settings: AnswerSettings,
  limits: AnswerLimits,
): Promise<void> {
  const { status, headers } = answer;
  const { end } = exchange;
  // The exchange may have ended since the header section arrived; its end is not signalled again.
  if (end.aborted) return answer.destroy();
  refuseUnframed(answer);
  dropCloudFields(headers);
  if (typeof headers.location === 'string')
    headers.location = locationFor(headers.location, status, exchange, settings);
  rewriteHeadLinks(headers, exchange, settings);
  const plain = await withoutUnaskedCoding(answer, exchange, boundsOf(exchange, settings, limits));
  await refuseErrorInSuccess(plain, exchange, settings.replyDefault);
  if (end.aborted) return plain.destroy();
  return answerOf(plain, exchange, settings, limits);
}

/** Answer in the form that the status and the caller's media type need; JSON is streamed to a caller of JSON, unchanged but for its links. */
function answerOf(
  answer: StreamedAnswer,
  exchange: Exchange,
  settings: AnswerSettings,
  limits: AnswerLimits,
): Promise<void> {
  const { status, headers } = answer;
  const { request, response, trace } = exchange;
  const type = replyTypeOf(exchange, settings.replyDefault);
  // Without a chosen type it is an answer of another service.
  // An answer in XML needs no translation.
  const isForXml = isForwardedXml(exchange) && !isXmlType(headers['content-type']?.toString());
  if (hasNoBody(request.method, status)) {
    traceStatus(trace, status);
    // A GET would have another length, if its links are converted.
    if (request.method === 'HEAD' && isJson(headers)) delete headers['content-length'];
    if (isForXml && /json/i.test(headers['content-type'] ?? '')) renameRepresentation(headers, type);
  } else if (status >= 400) return answerFault(answer, status, type, exchange, settings);
  else if (status === 300 && request.method === 'GET') return answerChoices(answer, exchange, settings, limits);
  else if (isForXml) return answerGeneric(answer, exchange, type, settings, limits);
  copyHead(answer, statusFor(status, isModern(exchange)), response);
  return streamBody(answer, exchange, linkRewriter(answer, exchange, settings));
}

/** Refuse an answer that cannot be relayed. @throws {Fault} 502 */
export function refuseUnframed(answer: StreamedAnswer): void {
  const coding = answer.headers['transfer-encoding'] ?? 'chunked';
  // For a status below 100 node throws an error that cannot be caught.
  if (answer.status >= 200 && endsInChunks.test(coding)) return;
  answer.destroy();
  throw noAnswer.broken();
}

/** The transfer codings that can be relayed: node decodes chunks and writes new ones. With another last coding the end of the body is unknown. */
const endsInChunks = /^(?:(?!\s*chunked\b)[^,]*,)*\s*chunked$/i;

/** Check that an answer has no body, whatever its header section says. */
function hasNoBody(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 304;
}

/** Describe the XML that a GET would have instead of the cloud's JSON. */
function renameRepresentation(headers: StreamedAnswer['headers'], type: MediaType): void {
  for (const name of ['content-length', 'content-encoding', 'etag', 'last-modified']) delete headers[name];
  headers['content-type'] = type;
}

/** Add the fault that an answer without a body says by its status alone, as one to HEAD does. */
function traceStatus(trace: Exchange['trace'], status: number): void {
  if (status >= 400) trace.fault = cloudReasonOf(status);
}

async function answerFault(
  answer: StreamedAnswer,
  status: number,
  type: MediaType,
  exchange: Exchange,
  settings: AnswerSettings,
): Promise<void> {
  const { request, response, trace, end } = exchange;
  const { answerTimeoutMs: timeoutMs } = settings;
  const { decoded } = await readShortAnswer(answer, status, { end, timeoutMs });
  if (codecOf[type] === 'json' && isLegacyFault(decoded, isModern(exchange))) {
    trace.fault = cloudReasonOf(status);
    trace.mediaOut = type;
    return sendRewritten(answer, decoded, exchange, settings);
  }
  relayHeaders(response, decoded, true);
  throw cloudFault(decoded, credentialsOf(request.headers), isModern(exchange));
}

/** Check for a caller who names a microversion on v2.1, as only modern clients do. */
function isModern({ facts, request }: Exchange): boolean {
  return facts.version === modernVersion && callersVersion(request.headers) !== undefined;
}

/** Point Location at the gateway, unless the cloud redirects to another host. */
function locationFor(location: string, status: number, exchange: Exchange, settings: AnswerSettings): string {
  const isRedirect = status >= 300 && status < 400;
  const isElsewhere = URL.canParse(location) && new URL(location).host !== settings.upstreamHost;
  if (isRedirect && isElsewhere) return location;
  return gatewayLink(location, linksOf(exchange, settings));
}
