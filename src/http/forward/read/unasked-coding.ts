import type { IncomingHttpHeaders } from 'node:http';
import { codecOf } from '../../../media/media-type.ts';
import { splitList } from '../../../media/split-list.ts';
import type { CloudAnswer } from '../../../upstream/cloud-answer.ts';
import type { AnswerMemory } from '../../cloud/answer-chunks.ts';
import { codingsOf } from '../../cloud/content-coding.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { isJson } from './json-type.ts';
import { pieceByPiece } from './piece-by-piece.ts';
import type { StreamedAnswer } from './streamed-answer.ts';
import { readWholeAnswer } from './whole-answer.ts';

/** Statuses whose body, if any, cannot be decoded alone: no content, a part of it, or none that changed. */
const withoutContent: ReadonlySet<number> = new Set([204, 206, 304]);

/** Fields that describe the encoded body. */
const encodedFields = ['transfer-encoding', 'content-md5', 'content-digest', 'repr-digest', 'digest', 'accept-ranges'];

/**
 * Decode an answer with a content coding that the caller does not accept, and JSON of this API with any. Its body is read whole, so that a broken one becomes
 * a fault instead of half a body. Any other answer stays as it is.
 * @throws {Fault} 502 for a body that is broken, or larger than the limits once it is decoded
 */
export async function withoutUnaskedCoding(
  answer: StreamedAnswer,
  { request, end, replyType, acceptedCodings = request.headers['accept-encoding'] }: Exchange,
  bounds: AnswerMemory & { readonly timeoutMs: number },
): Promise<StreamedAnswer> {
  const { status, reason, headers } = answer;
  const codings = codingsOf(headers);
  // A caller of XML gets a document that the gateway writes, and in the JSON of this API links are converted.
  const isKept = replyType === undefined || (codecOf[replyType] === 'json' && !isJson(headers));
  if (codings.length === 0 || (isKept && accepts(acceptedCodings, codings))) return answer;
  if (status >= 300 || withoutContent.has(status)) return answer;
  if (request.method === 'HEAD') {
    // A GET would be answered without the coding and with another length.
    delete headers['content-encoding'];
    delete headers['content-length'];
    return answer;
  }
  const plain = await readWholeAnswer(answer, { ...bounds, end });
  return pieceByPiece({ status, reason, headers: plainHeaders(headers, plain) }, plain.body);
}

/** Make the header fields of the decoded body. Those of an unknown coding, which is not decoded, stay. */
function plainHeaders(
  given: IncomingHttpHeaders,
  { headers, body }: Pick<CloudAnswer, 'headers' | 'body'>,
): IncomingHttpHeaders {
  if (headers === given) return given;
  const plain: IncomingHttpHeaders = { ...given, 'content-length': String(body.length) };
  for (const name of ['content-encoding', ...encodedFields]) delete plain[name];
  // A strong validator identifies the encoded bytes.
  if (plain.etag !== undefined && !plain.etag.startsWith('W/')) plain.etag = `W/${plain.etag}`;
  plain.vary = varyByEncoding(given.vary);
  return plain;
}

function varyByEncoding(vary: string | undefined): string {
  if (vary === undefined || vary.trim() === '') return 'Accept-Encoding';
  return /(?:^|,)\s*(?:\*|accept-encoding)\s*(?:,|$)/i.test(vary) ? vary : `${vary}, Accept-Encoding`;
}

/** Check that Accept-Encoding names all codings. Without the field, no caller of the legacy API decodes any. */
function accepts(field: string | string[] | undefined, codings: readonly string[]): boolean {
  const weights = new Map(
    splitList(field?.toString() ?? '', ',').map((entry) => {
      const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
      const isExcluded = parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$/.test(parameter));
      return [plainName(name), !isExcluded] as const;
    }),
  );
  return codings.every((coding) => weights.get(plainName(coding)) ?? weights.get('*') ?? false);
}

function plainName(coding: string): string {
  return coding.replace(/^x-/, '');
}
