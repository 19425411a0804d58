import type { ServerResponse } from 'node:http';

/** Watches over an answer that was written whole, until its caller has taken it. */
export type Untaken = (response: ServerResponse) => void;

/**
 * Bounds what is held of answers that their callers do not take: over `most` bytes together, those that have waited
 * longest are broken off.
 */
export function createUntaken(most: number): Untaken {
  const waiting = new Map<ServerResponse, number>();
  let held = 0;
  const forget = (response: ServerResponse): void => {
    held -= waiting.get(response) ?? 0;
    waiting.delete(response);
  };
  return (response) => {
    const bytes = response.writableLength;
    if (bytes === 0 || response.destroyed) return;
    waiting.set(response, bytes);
    held += bytes;
    response.once('close', () => forget(response));
    for (const [oldest] of waiting) {
      if (held <= most || oldest === response) return;
      forget(oldest);
      // Not the response: one that is queued behind another keeps what it holds until its turn.
      oldest.req.socket.destroy();
    }
  };
}
