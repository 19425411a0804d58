import type { Request } from 'express';
import { isOtherService } from '../../compute/path-facts.ts';
import { Fault } from '../../fault.ts';
import { isXmlType } from '../../media/media-type.ts';
import { isForwardedXml, isSuffixWish, replyTypeOf } from '../answer/reply-type.ts';
import { readBody } from '../body/read-body.ts';
import { hasBody } from '../body/unread-body.ts';
import { conditionFields, contentFields } from '../cloud/header-fields.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { AnswerSettings } from './answer-settings.ts';

/** The longest name of a call in a fault, in characters: callers choose its length. */
const longestName = 200;

/**
 * Prepare a request that is forwarded. Without a body no Content-Type is sent, because a modern Nova refuses the XML of
 * nothing. A suffix that is a wish for a media type is no part of the path. For a caller of XML the cloud is asked for JSON.
 * @returns the request target for the cloud
 * @throws {Fault} 501 for a body in XML: nothing describes its types, so nothing may be sent
 */
export async function prepareRequest(exchange: Exchange, fallback: AnswerSettings['replyDefault']): Promise<string> {
  const { request } = exchange;
  const { headers, url } = request;
  const isOther = isOtherService(url);
  const isXml = !isOther && isXmlType(headers['content-type']);
  const target = isOther ? url : withoutSuffix(request, fallback);
  if (!isOther) exchange.replyType = replyTypeOf(exchange, fallback);
  if (headers['content-type'] !== undefined) {
    const isEmpty = !(await hasContent(exchange, isXml));
    if (isXml && !isEmpty) throw undescribed(request);
    if (isEmpty) for (const name of contentFields) delete headers[name];
  }
  if (exchange.replyType !== undefined) {
    // The links in a body with a coding cannot be converted as it passes.
    exchange.acceptedCodings = headers['accept-encoding']?.toString();
    if (exchange.acceptedCodings !== undefined) headers['accept-encoding'] = 'identity';
    if (isForwardedXml(exchange)) askForJson(request);
  }
  return target;
}

/** Ask the cloud for a whole document in JSON, from which XML can be written. */
function askForJson({ method, headers }: Request): void {
  headers.accept = 'application/json';
  headers['accept-encoding'] = 'identity';
  delete headers.range;
  if (method === 'GET' || method === 'HEAD') for (const name of conditionFields) delete headers[name];
}

/** Remove the suffix of a request target if it is the caller's wish for a media type. */
function withoutSuffix(request: Request, fallback: AnswerSettings['replyDefault']): string {
  const { url } = request;
  return suffix.test(url) && isSuffixWish(request, fallback) ? url.replace(suffix, '') : url;
}

const suffix = /\.(?:xml|json)(?=\?|$)(?<!\?.*)/;

/** Check that a request has a body. One that is sent in chunks may be empty; its beginning is read if that `matters`. */
async function hasContent(exchange: Exchange, matters: boolean): Promise<boolean> {
  const { request, received, end } = exchange;
  if (received !== undefined) return received.bytes.length > 0 || !received.isWhole;
  if (!hasBody(request)) return false;
  if (!matters || request.headers['transfer-encoding'] === undefined) return true;
  const body = await readBody(request, { limit: 0, reserve: () => undefined, end });
  exchange.received = body;
  return body.bytes.length > 0;
}

function undescribed({ method, originalUrl }: Request): Fault {
  const call = `${method} ${originalUrl.replace(/\?.*$/s, '')}`.slice(0, longestName);
  const message = `The XML of ${call} cannot be translated, because the gateway does not describe this call. Nothing was sent to the cloud.`;
  return new Fault(501, message, { reason: 'undescribed-xml' });
}
