import type { Request } from 'express';
import { isOtherService } from '../../compute/path-facts.ts';
import { Fault } from '../../fault.ts';
import { isXmlType } from '../../media/media-type.ts';
import { isForwardedXml, isSuffixWish, replyTypeOf } from '../answer/reply-type.ts';
import { readBody } from '../body/read-body.ts';
import { hasBody } from '../body/unread-body.ts';
import { originFields, replaceForwardingFields } from '../cloud/forwarding-fields.ts';
import { conditionFields, contentFields, dropHopByHop } from '../cloud/header-fields.ts';
import { dropVersionFields, type LegacyPath, type LegacyPathOf } from '../cloud/legacy-path.ts';
import { via } from '../cloud/via.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { admit } from '../exchange/rules/admit.ts';
import type { AnswerSettings } from './answer-settings.ts';

/** The longest name of a call in a fault, in characters: callers choose its length. */
const longestName = 200;

/** Mark an exchange as forwarded, and replace the fields of its request that belong to one connection or describe the way. */
export function beginForwarding(exchange: Exchange): void {
  const { request, trace } = exchange;
  trace.isForwarded = true;
  const fields = originFields(exchange);
  request.headers.via = via(request.headers);
  dropHopByHop(request.headers);
  replaceForwardingFields(request.headers, fields);
}

/** The target of a request at the cloud. */
interface ForwardedTarget {
  readonly target: string;
  /** The path of the legacy API at the cloud, for a request to that API. */
  readonly legacyPath: LegacyPath | undefined;
}

/** The versions that the cloud has at its legacy path. */
const legacyVersion = /^\/+(?:v1\.1|v2)(?=\/|$|\?)/;

/** Prepare a request that is forwarded, and find its target at the cloud, without the path before the version. @throws {Fault} 501 */
export async function forwardedTarget(
  exchange: Exchange,
  fallback: AnswerSettings['replyDefault'],
  legacyPathOf: LegacyPathOf,
): Promise<ForwardedTarget> {
  const target = await prepareRequest(exchange, fallback);
  admit(exchange);
  if (!legacyVersion.test(target)) return { target, legacyPath: undefined };
  const legacyPath = await legacyPathOf();
  // The cloud's own /v2 ignores a microversion.
  if (legacyPath === 'v2.1') dropVersionFields(exchange.request.headers);
  return { target: target.replace(legacyVersion, `/${legacyPath}`), legacyPath };
}

/**
 * Prepare a request that is forwarded. Without a body no Content-Type is sent, because a modern Nova refuses the XML of
 * nothing. A suffix that is a wish for a media type is no part of the path. For a caller of XML the cloud is asked for JSON.
 * @returns the request target for the cloud
 * @throws {Fault} 501 for a body in XML: nothing describes its types, so nothing may be sent
 */
async function prepareRequest(exchange: Exchange, fallback: AnswerSettings['replyDefault']): Promise<string> {
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
