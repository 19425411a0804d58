import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { ChunkBuffer } from '../body/chunk-buffer.ts';
import type { StreamedAnswer } from './streamed-answer.ts';

const { forwardedFaultBytes } = fixedLimits;

/** An answer that was read whole: its body as it came, and the answer with the content coding undone. */
export interface ShortAnswer {
  readonly body: Buffer;
  /** True where the body came to its end. */
  readonly isWhole: boolean;
  readonly decoded: CloudAnswer;
}

/** Read a short answer whole. One that breaks off, takes too long or is too long has no body, but its status. */
export async function readShortAnswer(answer: StreamedAnswer, status: number, timeoutMs: number): Promise<ShortAnswer> {
  const found = await bodyOf(answer, timeoutMs);
  const body = found ?? Buffer.alloc(0);
  return { body, isWhole: found !== undefined, decoded: { status, ...decode(answer.headers, body) } };
}

function bodyOf(answer: StreamedAnswer, timeoutMs: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks = new ChunkBuffer();
    const settle = (body: Buffer | undefined): void => {
      clearTimeout(timer);
      resolve(body);
    };
    const giveUp = (): void => {
      answer.destroy();
      settle(undefined);
    };
    const timer = setTimeout(giveUp, timeoutMs);
    answer.pipe({
      chunk: (chunk) => {
        if (chunks.size + chunk.length > forwardedFaultBytes) giveUp();
        else chunks.add(chunk);
      },
      end: () => settle(chunks.whole()),
      fail: () => settle(undefined),
    });
  });
}

/** Decoders of the content codings that callers ask for. */
const decoders: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** Undoe the content coding; a body whose coding is unknown or broken stays as it is. */
function decode(headers: IncomingHttpHeaders, body: Buffer): Pick<CloudAnswer, 'headers' | 'body'> {
  const decoder = decoders[headers['content-encoding']?.toLowerCase() ?? ''];
  if (decoder === undefined) return { headers, body };
  try {
    const { 'content-encoding': _undone, ...others } = headers;
    return { headers: others, body: decoder(body, { maxOutputLength: forwardedFaultBytes }) };
  } catch {
    return { headers, body };
  }
}
