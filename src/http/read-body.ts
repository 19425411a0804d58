import type { IncomingMessage } from 'node:http';

/** A body, or as much of it as the limit allows; `isWhole` says which. The rest of one that is not whole stays unread. */
export interface ReadBody {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/**
 * Reads a request's body up to a limit, in bytes.
 * Never settles after the caller has gone: the exchange's own abort ends it.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<ReadBody> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (isWhole: boolean): void => {
      request.off('data', take).off('end', end).off('error', reject);
      resolve({ bytes: Buffer.concat(chunks), isWhole });
    };
    const end = (): void => settle(true);
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= limit) return;
      request.pause();
      settle(false);
    };
    request.on('data', take).on('end', end).on('error', reject);
  });
}
