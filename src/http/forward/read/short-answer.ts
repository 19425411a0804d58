import { fixedLimits } from '../../../config/fixed-limits.ts';
import type { CloudAnswer } from '../../../upstream/cloud-answer.ts';
import type { AnswerMemory } from '../../cloud/answer-chunks.ts';
import { decoded } from '../../cloud/content-coding.ts';
import type { AnswerBounds } from '../../cloud/send-whole.ts';
import type { StreamedAnswer } from './streamed-answer.ts';
import { readBytes } from './whole-answer.ts';

const { faultBytes } = fixedLimits;

/** An answer that was read whole. */
export interface ShortAnswer {
  /** True if the end of the body was reached. */
  readonly isWhole: boolean;
  /** The answer without a content coding. A body whose coding is unknown or broken stays encoded. */
  readonly decoded: CloudAnswer;
}

/** Read a short answer whole. If it breaks off, is too slow or is too long, the body is empty and the status remains. */
export async function readShortAnswer(
  answer: StreamedAnswer,
  status: number,
  bounds: Pick<AnswerBounds, 'end' | 'timeoutMs'>,
): Promise<ShortAnswer> {
  const memory: AnswerMemory = { maxBytes: faultBytes, reserve: () => undefined };
  const found = await readBytes(answer, { ...bounds, ...memory }).catch(() => undefined);
  const received = { status, headers: answer.headers, body: found ?? Buffer.alloc(0) };
  return { isWhole: found !== undefined, decoded: await decoded(received, memory).catch(() => received) };
}
