import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import type { ComingAnswer } from './streamed-answer.ts';
import { Pieces } from '../body/chunk-buffer.ts';

/** The longest answer that is read whole on the forwarding road, in bytes. */
const longest = 262_144;

/** A short answer: its body as it came, and the answer as it reads. */
export interface WholeAnswer {
  readonly body: Buffer;
  /** Whether the body came to its end. */
  readonly isWhole: boolean;
  readonly read: CloudAnswer;
}

/** Reads a short answer whole; one that breaks off or is too long has no body, and its status is known. */
export async function readWhole(answer: ComingAnswer, status: number, timeoutMs: number): Promise<WholeAnswer> {
  const found = await bodyOf(answer, timeoutMs);
  const body = found ?? Buffer.alloc(0);
  return { body, isWhole: found !== undefined, read: { status, ...decoded(answer.headers, body) } };
}

function bodyOf(answer: ComingAnswer, timeoutMs: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const pieces = new Pieces();
    const settle = (body: Buffer | undefined): void => {
      clearTimeout(timer);
      resolve(body);
    };
    const giveUp = (): void => {
      answer.destroy();
      settle(undefined);
    };
    const timer = setTimeout(giveUp, timeoutMs);
    answer.to({
      take: (piece) => {
        if (pieces.size + piece.length > longest) giveUp();
        else pieces.add(piece);
      },
      end: () => settle(pieces.whole()),
      fail: () => settle(undefined),
    });
  });
}

/** How the codings of bodies are undone that callers ask for. */
const decoders: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** An answer as it reads; one whose coding is unknown or broken is left as it is, and tells nothing. */
function decoded(headers: IncomingHttpHeaders, body: Buffer): Pick<CloudAnswer, 'headers' | 'body'> {
  const decode = decoders[headers['content-encoding']?.toLowerCase() ?? ''];
  if (decode === undefined) return { headers, body };
  try {
    const { 'content-encoding': _undone, ...others } = headers;
    return { headers: others, body: decode(body, { maxOutputLength: longest }) };
  } catch {
    return { headers, body };
  }
}
