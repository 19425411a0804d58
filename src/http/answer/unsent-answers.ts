import type { ServerResponse } from 'node:http';
import { LinkedSet } from '../exchange/linked-set.ts';

/** The watch of answers: called with each answer that was written whole, it counts the answer until its caller has read it. */
export type UnsentAnswers = (response: ServerResponse) => void;

interface Unsent {
  readonly response: ServerResponse;
  readonly release: () => void;
}

/**
 * Limit the memory of answers whose callers do not read them. Beyond the limit, in bytes,, the connections of the oldest
 * answers are closed.
 */
export function createUnsentAnswers(limit: number): {
  readonly watch: UnsentAnswers;
  /** The number of bytes that wait for their callers. */
  readonly bytes: () => number;
  /** Use another limit for the answers that are written from now on. */
  readonly adjust: (most: number) => void;
} {
  let most = limit;
  const unsent = new LinkedSet<Unsent>();
  let held = 0;
  const watch: UnsentAnswers = (response) => {
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
      // Destroy the socket, not the response: a response that is queued behind another keeps its bytes until its turn.
      oldest.response.req.socket.destroy();
    }
  };
  return { watch, bytes: () => held, adjust: (next) => void (most = next) };
}
