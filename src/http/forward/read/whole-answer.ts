import type { CloudAnswer } from '../../../upstream/cloud-answer.ts';
import { ChunkBuffer } from '../../body/chunk-buffer.ts';
import { decoded } from '../../cloud/content-coding.ts';
import { noAnswer } from '../../cloud/no-answer.ts';
import type { Reserve } from '../../exchange/budget.ts';
import type { ExchangeEnd } from '../../exchange/end.ts';
import { firstOutcome } from '../../exchange/first-outcome.ts';
import type { StreamedAnswer } from './streamed-answer.ts';

/** The limits of an answer that is read whole to be rewritten. */
interface WholeBounds {
  readonly end: ExchangeEnd;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Reserve the memory of each chunk. */
  readonly reserve: Reserve;
}

/**
 * Read an answer whole, and decode its content coding, which some clouds use unasked.
 * @throws {Fault} 502 for an answer over a limit, or one that breaks off, falls silent or cannot be decoded
 */
export async function readWholeAnswer(answer: StreamedAnswer, bounds: WholeBounds): Promise<CloudAnswer> {
  const { status, headers } = answer;
  const body = await readBytes(answer, bounds);
  return decoded({ status, headers, body }, bounds);
}

function readBytes(answer: StreamedAnswer, { end, timeoutMs, maxBytes, reserve }: WholeBounds): Promise<Buffer> {
  return firstOutcome<Buffer>(
    { end, timeoutMs, onTimeout: ({ reject }) => reject(noAnswer.broken()) },
    ({ resolve, reject }) => {
      const chunks = new ChunkBuffer();
      answer.pipe({
        chunk: (chunk) => {
          if (chunks.size + chunk.length > maxBytes) return reject(noAnswer.tooLarge());
          try {
            reserve(chunk.length);
          } catch (error) {
            return reject(noAnswer.tooMany(error));
          }
          return chunks.add(chunk);
        },
        end: () => resolve(chunks.whole()),
        fail: (error) => reject(noAnswer.broken(error)),
      });
      return () => answer.destroy();
    },
  );
}
