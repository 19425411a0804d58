import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { ChunkBuffer } from '../body/chunk-buffer.ts';
import type { StreamedAnswer } from './streamed-answer.ts';

const { forwardedFaultBytes } = fixedLimits;

/** An answer that was read whole: its body as received, and the answer with a decoded body. */
export interface ShortAnswer {
  readonly body: Buffer;
  /** True if the end of the body was reached. */
  readonly isWhole: boolean;
  readonly decoded: CloudAnswer;
}

/** Read a short answer whole. If it breaks off, is too slow or is too long, the body is empty and the status remains. */
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

/** The decoders of the content codings that callers accept. */
const decoders: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** Decode the content coding; a body whose coding is unknown or broken stays unchanged. */
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
