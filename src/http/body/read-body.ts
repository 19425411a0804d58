import type { IncomingMessage } from 'node:http';
import { Fault } from '../../fault.ts';
import type { Hold } from '../exchange/budget.ts';
import type { ExchangeEnd } from '../exchange/end.ts';
import { giveBack } from './release-memory.ts';
import { Pieces } from './chunk-buffer.ts';

/** A body, or as much of it as the limit allows; `isWhole` says which. The rest of one that is not whole stays unread. */
export interface ReadBody {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/**
 * Reads a request's body up to a limit, in bytes, or for as long as one is patient, in milliseconds.
 * @param hold is told of each piece
 * @throws {Fault} 499 where the caller goes before the end
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  hold: Hold,
  signal: ExchangeEnd,
  patienceMs?: number,
): Promise<ReadBody> {
  return new Promise((resolve, reject) => {
    const declared = Number(request.headers['content-length'] ?? 0);
    const pieces = new Pieces(declared > limit ? 0 : declared, giveBack);
    const stop = (): void => {
      request.off('data', take).off('end', end).off('error', fail);
      signal.removeEventListener('abort', abandon);
      clearTimeout(timer);
    };
    const fail = (error: Error): void => {
      stop();
      reject(Fault.callerGone(error));
    };
    // What still comes is thrown away (linger.ts): nothing would give back what were held of it.
    const abandon = (): void => {
      stop();
      reject(Fault.callerGone());
    };
    const settle = (isWhole: boolean): void => {
      stop();
      resolve({ bytes: pieces.whole(), isWhole });
    };
    const end = (): void => settle(true);
    const leaveRest = (): void => {
      request.pause();
      settle(false);
    };
    const timer = patienceMs === undefined ? undefined : setTimeout(leaveRest, patienceMs);
    const take = (chunk: Buffer): void => {
      try {
        hold(chunk.length);
      } catch (error) {
        stop();
        request.pause();
        return reject(error);
      }
      pieces.add(chunk);
      if (pieces.size <= limit) return undefined;
      return leaveRest();
    };
    signal.addEventListener('abort', abandon);
    request.on('data', take).on('end', end).on('error', fail);
  });
}
