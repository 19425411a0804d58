import type { Request } from 'express';
import { isOtherService } from '../../compute/path-facts.ts';
import { codecOf, isXmlType } from '../../media/media-type.ts';
import type { NegotiationInput } from '../../media/negotiate.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { addNeed } from '../exchange/needs/needs.ts';
import type { Step } from '../exchange/step.ts';
import { isSuffixWish, replyTypeOf } from './reply-type.ts';

/** A suffix at the end of a path that is a wish for a media type. */
const suffix = /\.(?:xml|json)$/;
/** The methods whose requests have a body that matters. */
const changing: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Create the step that finds the needs that the head of a request shows: its path, its media types and its transfer coding. A
 * request that is refused later has them too.
 * @param fallback the media type of an answer to a caller that names none
 */
export function callNeeds(fallback: NegotiationInput['fallback']): Step {
  return (exchange) => {
    const { request } = exchange;
    // The calls of the Identity API, and of other services, have needs of their own, or none.
    if (exchange.ownFault !== undefined || isOtherService(request.url)) return;
    addPathNeeds(exchange, fallback);
    if (isXmlType(request.headers['content-type'])) addNeed(exchange, 'xml-request');
    if (isChunked(request)) addNeed(exchange, 'chunked-request');
    if (codecOf[replyTypeOf(exchange, fallback)] === 'xml') addNeed(exchange, 'xml-answer');
  };
}

function addPathNeeds(exchange: Exchange, fallback: NegotiationInput['fallback']): void {
  const { request, facts, needs } = exchange;
  // A version of the media type stands in the path by now.
  if (!needs.includes('media-version')) {
    if (facts.version === 'v2') addNeed(exchange, 'path-v2');
    else if (facts.version === 'v1.1') addNeed(exchange, 'path-v1.1');
  }
  if (suffix.test(request.path) && isSuffixWish(request, fallback)) addNeed(exchange, 'suffix');
}

function isChunked({ method, headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined && changing.has(method);
}
