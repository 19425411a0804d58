import type { IncomingMessage } from 'node:http';
import { Fault } from '../../fault.ts';
import type { Reserve } from '../exchange/budget.ts';
import type { ExchangeEnd } from '../exchange/end.ts';
import type { ReceivedBody } from '../exchange/exchange.ts';
import { firstOutcome } from '../exchange/first-outcome.ts';
import { ChunkBuffer } from './chunk-buffer.ts';
import { releaseMemory } from './release-memory.ts';

/** The limits of reading a body. */
export interface ReadBounds {
  /** The largest body, in bytes; a longer one is read only until it exceeds this. */
  readonly limit: number;
  /** Reserve the memory of each chunk. */
  readonly reserve: Reserve;
  readonly end: ExchangeEnd;
  /** The time limit for the body, in milliseconds; without it, only that of the exchange applies. */
  readonly timeoutMs?: number;
}

/**
 * Read a request body up to a limit or a time. `isWhole` is true if its end was reached; otherwise the request is paused,
 * and the rest stays in it.
 * @throws {Fault} 499 if the caller disconnects or the exchange ends first; 503 if the budget is exhausted
 */
export function readBody(
  request: IncomingMessage,
  { limit, reserve, end, timeoutMs }: ReadBounds,
): Promise<ReceivedBody> {
  const declared = Number(request.headers['content-length'] ?? 0);
  const chunks = new ChunkBuffer(declared > limit ? 0 : declared, releaseMemory);
  const received = (isWhole: boolean): ReceivedBody => {
    if (!isWhole) request.pause();
    return { bytes: chunks.whole(), isWhole };
  };
  return firstOutcome<ReceivedBody>(
    { end, timeoutMs, onTimeout: ({ resolve }) => resolve(received(false)) },
    ({ resolve, reject }) => {
      const onData = (chunk: Buffer): void => {
        try {
          reserve(chunk.length);
        } catch (error) {
          request.pause();
          reject(error);
          return;
        }
        chunks.add(chunk);
        if (chunks.size > limit) resolve(received(false));
      };
      const onEnd = (): void => resolve(received(true));
      const onError = (error: Error): void => reject(Fault.callerGone(error));
      request.on('data', onData).on('end', onEnd).on('error', onError);
      return () => request.off('data', onData).off('end', onEnd).off('error', onError);
    },
  );
}
