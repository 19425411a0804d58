import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { Fault } from '../../fault.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { AnswerChunks, type AnswerMemory } from './answer-chunks.ts';
import { noAnswer } from './no-answer.ts';

/** The most codings of one body; no cloud uses more than two. */
const mostCodings = 4;

/** The decoders of the content codings (RFC 9110, 8.4.1, and RFC 8878). */
const decoders: Readonly<Record<string, (body: Buffer) => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: (body) => (hasZlibHeader(body) ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
};

/** Check for the header of zlib, which some servers leave out of `deflate`. */
function hasZlibHeader(body: Buffer): boolean {
  return ((body[0] ?? 0) & 0x0f) === 0x08;
}

/** List the content codings of a body, in the order in which they were applied. */
export function codingsOf(headers: CloudAnswer['headers']): string[] {
  const field = headers['content-encoding']?.toString() ?? '';
  return field
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/**
 * Decode the body of an answer. The gateway asks for no content coding, but clouds and balancers compress nevertheless. An
 * answer with an unknown coding stays as it is, and so does a fault that cannot be decoded: its status still counts.
 * @throws {Fault} 502 for a success that is broken, or larger than the limits once it is decoded
 */
export async function decoded(answer: CloudAnswer, memory: AnswerMemory): Promise<CloudAnswer> {
  const codings = codingsOf(answer.headers);
  if (codings.length === 0) return answer;
  if (codings.length > mostCodings || codings.some((coding) => !Object.hasOwn(decoders, coding))) return answer;
  try {
    const body = await undo(codings, answer.body, memory);
    const { 'content-encoding': _, 'content-length': __, ...headers } = answer.headers;
    return { ...answer, headers, body };
  } catch (error) {
    if (answer.status >= 400) return answer;
    throw error instanceof Fault ? error : noAnswer.broken(error);
  }
}

async function undo(codings: readonly string[], body: Buffer, memory: AnswerMemory): Promise<Buffer> {
  let rest = body;
  for (const coding of codings.toReversed()) {
    const create = decoders[coding];
    // An empty body is that of an answer without content, whose header fields describe another.
    if (create !== undefined && rest.length > 0) rest = await inflated(create(rest), rest, memory);
  }
  return rest;
}

/** Decode in the thread pool, chunk by chunk, so that a small body that becomes a huge one fills neither memory nor time. */
async function inflated(decoder: Transform, body: Buffer, memory: AnswerMemory): Promise<Buffer> {
  const chunks = new AnswerChunks(memory);
  decoder.end(body);
  // The decoders emit Buffers only.
  for await (const chunk of decoder as AsyncIterable<Buffer>) chunks.add(chunk);
  return chunks.whole();
}
