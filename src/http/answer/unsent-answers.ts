import type { ServerResponse } from 'node:http';
import { Roster } from '../exchange/linked-set.ts';

/** Watches over an answer that was written whole, until its caller has taken it. */
export type Untaken = (response: ServerResponse) => void;

/** An answer that waits, and what has it wait no longer. */
interface Waiting {
  readonly response: ServerResponse;
  readonly forget: () => void;
}

/**
 * Bounds what is held of answers that their callers do not take: over `most` bytes together, those that have waited
 * longest are broken off.
 */
export function createUntaken(most: number): Untaken {
  const waiting = new Roster<Waiting>();
  let held = 0;
  return (response) => {
    const bytes = response.writableLength;
    if (bytes === 0 || response.destroyed) return;
    const forget = (): void => {
      if (leave()) held -= bytes;
    };
    const leave = waiting.enter({ response, forget });
    held += bytes;
    response.once('close', forget);
    for (const oldest of held > most ? waiting.all() : []) {
      if (held <= most || oldest.response === response) return;
      oldest.forget();
      // Not the response: one that is queued behind another keeps what it holds until its turn.
      oldest.response.req.socket.destroy();
    }
  };
}
