import { fixedLimits } from '../../../config/fixed-limits.ts';
import type { CloudAnswer } from '../../../upstream/cloud-answer.ts';
import { ChunkBuffer } from '../../body/chunk-buffer.ts';
import { decoded } from '../../cloud/content-coding.ts';
import type { StreamedAnswer } from './streamed-answer.ts';

const { forwardedFaultBytes } = fixedLimits;

/** An answer that was read whole. */
export interface ShortAnswer {
  /** True if the end of the body was reached. */
  readonly isWhole: boolean;
  /** The answer without a content coding. A body whose coding is unknown or broken stays encoded. */
  readonly decoded: CloudAnswer;
}

/** Read a short answer whole. If it breaks off, is too slow or is too long, the body is empty and the status remains. */
export async function readShortAnswer(answer: StreamedAnswer, status: number, timeoutMs: number): Promise<ShortAnswer> {
  const { headers } = answer;
  const found = await bodyOf(answer, timeoutMs);
  const received = { status, headers, body: found ?? Buffer.alloc(0) };
  const bounds = { maxBytes: forwardedFaultBytes, reserve: () => undefined };
  return { isWhole: found !== undefined, decoded: await decoded(received, bounds).catch(() => received) };
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
