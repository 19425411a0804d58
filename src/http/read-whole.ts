import type { IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { CloudAnswer } from '../upstream/cloud-answer.ts';
import { Pieces } from './pieces.ts';

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
export async function readWhole(answer: IncomingMessage, status: number, timeoutMs: number): Promise<WholeAnswer> {
  const found = await bodyOf(answer, timeoutMs);
  const body = found ?? Buffer.alloc(0);
  return { body, isWhole: found !== undefined, read: { status, ...decoded(answer.headers, body) } };
}

async function bodyOf(answer: IncomingMessage, timeoutMs: number): Promise<Buffer | undefined> {
  const timer = setTimeout(() => answer.destroy(), timeoutMs);
  const pieces = new Pieces();
  try {
    // A stream of bytes.
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      if (pieces.size + chunk.length > longest) return undefined;
      pieces.add(chunk);
    }
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
  return pieces.whole();
}

/** How the codings of bodies are undone that callers ask for. */
const decoders: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** An answer as it reads; one whose coding is unknown or broken is left as it is, and tells nothing. */
function decoded(headers: IncomingMessage['headers'], body: Buffer): Pick<CloudAnswer, 'headers' | 'body'> {
  const decode = decoders[headers['content-encoding']?.toLowerCase() ?? ''];
  if (decode === undefined) return { headers, body };
  try {
    const { 'content-encoding': _undone, ...others } = headers;
    return { headers: others, body: decode(body, { maxOutputLength: longest }) };
  } catch {
    return { headers, body };
  }
}
