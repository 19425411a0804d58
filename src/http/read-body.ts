import type { IncomingMessage } from 'node:http';
import { Fault } from '../fault.ts';
import type { Hold } from './budget.ts';
import { Pieces } from './pieces.ts';

/** A body, or as much of it as the limit allows; `isWhole` says which. The rest of one that is not whole stays unread. */
export interface ReadBody {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/**
 * Reads a request's body up to a limit, in bytes.
 * @param hold is told of each piece
 * @throws {Fault} 499 where the caller goes before the end
 */
export function readBody(request: IncomingMessage, limit: number, hold: Hold): Promise<ReadBody> {
  return new Promise((resolve, reject) => {
    const pieces = new Pieces();
    const fail = (error: Error): void => reject(Fault.callerGone(error));
    const settle = (isWhole: boolean): void => {
      request.off('data', take).off('end', end).off('error', fail);
      resolve({ bytes: pieces.whole(), isWhole });
    };
    const end = (): void => settle(true);
    const take = (chunk: Buffer): void => {
      try {
        hold(chunk.length);
      } catch (error) {
        request.off('data', take).off('end', end).off('error', fail).pause();
        return reject(error);
      }
      pieces.add(chunk);
      if (pieces.size <= limit) return undefined;
      request.pause();
      return settle(false);
    };
    request.on('data', take).on('end', end).on('error', fail);
  });
}
