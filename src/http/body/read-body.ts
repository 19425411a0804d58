import type { IncomingMessage } from 'node:http';
import { Fault } from '../../fault.ts';
import type { Hold } from '../exchange/budget.ts';
import type { ExchangeEnd } from '../exchange/end.ts';
import type { ReceivedBody } from '../exchange/exchange.ts';
import { firstOutcome } from '../exchange/first-outcome.ts';
import { ChunkBuffer } from './chunk-buffer.ts';
import { releaseMemory } from './release-memory.ts';

/** The bounds of reading a body. */
export interface ReadBounds {
  /** The most bytes that are read. */
  readonly limit: number;
  /** Reserve the bytes of each chunk. */
  readonly hold: Hold;
  readonly end: ExchangeEnd;
  /** How long the body may take, in milliseconds; without it, as long as the exchange. */
  readonly timeoutMs?: number;
}

/**
 * Read a request body up to a limit or a time; `isWhole` says whether its end was reached. What is not read stays in the
 * request, which is paused.
 * @throws {Fault} 499 where the caller disconnects or the exchange ends first; 503 where the budget has no room
 */
export function readBody(request: IncomingMessage, { limit, hold, end, timeoutMs }: ReadBounds): Promise<ReceivedBody> {
  const declared = Number(request.headers['content-length'] ?? 0);
  const chunks = new ChunkBuffer(declared > limit ? 0 : declared, releaseMemory);
  const received = (isWhole: boolean): ReceivedBody => {
    if (!isWhole) request.pause();
    return { bytes: chunks.whole(), isWhole };
  };
  return firstOutcome<ReceivedBody>(
    { end, timeoutMs, onTimeout: ({ resolve }) => resolve(received(false)) },
    ({ resolve, reject }) => {
      const take = (chunk: Buffer): void => {
        try {
          hold(chunk.length);
        } catch (error) {
          request.pause();
          reject(error);
          return;
        }
        chunks.add(chunk);
        if (chunks.size > limit) resolve(received(false));
      };
      const finish = (): void => resolve(received(true));
      const fail = (error: Error): void => reject(Fault.callerGone(error));
      request.on('data', take).on('end', finish).on('error', fail);
      return () => request.off('data', take).off('end', finish).off('error', fail);
    },
  );
}
