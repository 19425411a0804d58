import type { ServerResponse } from 'node:http';
import { LinkedSet } from '../exchange/linked-set.ts';

/** Watches an answer that was written whole until its caller has read it. */
export type UnsentAnswers = (response: ServerResponse) => void;

interface Unsent {
  readonly response: ServerResponse;
  readonly release: () => void;
}

/**
 * Bound the memory of answers that their callers do not read. Beyond `most` bytes together, the connections of the oldest
 * are closed.
 */
export function createUnsentAnswers(most: number): UnsentAnswers {
  const unsent = new LinkedSet<Unsent>();
  let held = 0;
  return (response) => {
    const bytes = response.writableLength;
    if (bytes === 0 || response.destroyed) return;
    const release = (): void => {
      if (remove()) held -= bytes;
    };
    const remove = unsent.add({ response, release });
    held += bytes;
    response.once('close', release);
    for (const oldest of held > most ? unsent.values() : []) {
      if (held <= most || oldest.response === response) return;
      oldest.release();
      // The socket rather than the response: a response that is queued behind another keeps its bytes until its turn.
      oldest.response.req.socket.destroy();
    }
  };
}
