import { modernVersion } from '../../compute/path-facts.ts';
import type { Config } from '../../config/settings.ts';
import { codecOf } from '../../media/media-type.ts';
import { errorInSuccess, longestError } from '../../upstream/faults/error-in-success.ts';
import { relayHeaders } from '../answer/relay-headers.ts';
import { replyTypeOf } from '../answer/reply-type.ts';
import { credentialsOf } from '../cloud/cloud.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { StreamedAnswer } from './read/streamed-answer.ts';

/** The beginnings of an error document, without white space. */
const beginnings = ['{"error_', '{"request_id"', '{"encoded_'];
/** The length of the beginning of a body that is compared with them, in bytes. */
const compared = 64;

/**
 * Refuse a success that is an error: ECS answers with 202 at its flow limit. Only an unmistakable error document counts, because
 * no description says what else a forwarded request is answered. Modern callers know their cloud, and get its answers unchanged.
 * @throws {Fault} the fault that the document says
 */
export async function refuseErrorInSuccess(
  answer: StreamedAnswer,
  exchange: Exchange,
  replyDefault: Config['reply']['default'],
): Promise<void> {
  const { request, response } = exchange;
  if (!mayHoldError(answer, exchange, replyDefault)) return;
  const body = await answer.peek(mayBeError);
  if (body === undefined) return;
  const { status, headers } = answer;
  const whole = { status, headers, body };
  const fault = errorInSuccess(whole, 'certain', () => credentialsOf(request.headers));
  if (fault === undefined) return;
  relayHeaders(response, whole, true);
  throw fault;
}

function mayHoldError(
  { status, headers }: StreamedAnswer,
  exchange: Exchange,
  replyDefault: Config['reply']['default'],
): boolean {
  const { 'content-type': type = 'json', 'content-length': length = '1' } = headers;
  const isShort = Number(length) > 0 && Number(length) <= longestError;
  if (status < 200 || status > 299 || exchange.request.method === 'HEAD' || !isShort || !/json|plain/i.test(type))
    return false;
  const isModern = exchange.facts.version === modernVersion;
  return !isModern || codecOf[replyTypeOf(exchange, replyDefault)] === 'xml';
}

/** Check that the beginning of a body may be that of an error document, so that no other body waits for its end. */
function mayBeError(beginning: Buffer): boolean {
  if (beginning.length > longestError) return false;
  const start = beginning.toString('latin1', 0, compared).replace(/\s/g, '');
  return beginnings.some((usual) => start.startsWith(usual) || usual.startsWith(start));
}
