import type { CloudAnswer } from '../../../upstream/cloud-answer.ts';
import { AnswerChunks } from '../../cloud/answer-chunks.ts';
import { decoded } from '../../cloud/content-coding.ts';
import { noAnswer } from '../../cloud/no-answer.ts';
import type { AnswerBounds } from '../../cloud/send-whole.ts';
import { firstOutcome } from '../../exchange/first-outcome.ts';
import type { StreamedAnswer } from './streamed-answer.ts';

/**
 * Read an answer whole, and decode its content coding, which some clouds use unasked.
 * @throws {Fault} 502 for an answer over a limit, or one that breaks off, falls silent or cannot be decoded
 */
export async function readWholeAnswer(answer: StreamedAnswer, bounds: AnswerBounds): Promise<CloudAnswer> {
  const { status, headers } = answer;
  const body = await readBytes(answer, bounds);
  return decoded({ status, headers, body }, bounds);
}

/**
 * Read the bytes of an answer, as they come.
 * @throws {Fault} 502 for an answer over a limit, or one that breaks off or falls silent
 */
export function readBytes(answer: StreamedAnswer, bounds: AnswerBounds): Promise<Buffer> {
  const { end, timeoutMs } = bounds;
  return firstOutcome<Buffer>(
    { end, timeoutMs, onTimeout: ({ reject }) => reject(noAnswer.broken()) },
    ({ resolve, reject }) => {
      const chunks = new AnswerChunks(bounds);
      answer.pipe({
        chunk: (chunk) => {
          try {
            chunks.add(chunk);
          } catch (error) {
            reject(error);
          }
        },
        end: () => resolve(chunks.whole()),
        fail: (error) => reject(noAnswer.broken(error)),
      });
      return () => answer.destroy();
    },
  );
}
