import { Fault } from '../../fault.ts';
import type { ExchangeEnd } from './end.ts';
import { firstOutcome } from './first-outcome.ts';
import { LinkedSet } from './linked-set.ts';

/** The function that frees a place of a gate; it is called once. */
export type Release = () => void;

/** A semaphore with a queue, whose length and waiting time are limited. */
export interface Gate {
  /** Acquire a free place; undefined if there is none. It saves most requests the cost of a promise. */
  tryAcquire(): Release | undefined;
  /**
   * Wait for a place.
   * @throws {Fault} 503 with Retry-After if the queue is full or the wait is too long; 499 if the exchange ends first
   */
  acquire(end: ExchangeEnd): Promise<Release>;
}

/** The limits of a gate: its places, the length of its queue, and the longest wait there in milliseconds. */
export interface GateLimits {
  readonly max: number;
  readonly maxWaiting: number;
  readonly waitMs: number;
}

/** Create a gate with `max` places and a queue. */
export function createGate({ max, maxWaiting, waitMs }: GateLimits): Gate {
  let taken = 0;
  const queue = new LinkedSet<() => void>();
  const release = (): void => {
    const first = queue.first();
    if (first === undefined) taken -= 1;
    else first();
  };
  const tryAcquire = (): Release | undefined => {
    if (taken >= max) return undefined;
    taken += 1;
    return release;
  };
  const acquire = (end: ExchangeEnd): Promise<Release> =>
    firstOutcome<Release>(
      { end, timeoutMs: waitMs, onTimeout: ({ reject }) => reject(busy('the wait in the queue was too long')) },
      ({ resolve, reject }) => {
        const passed = tryAcquire();
        if (passed !== undefined) resolve(passed);
        else if (queue.size >= maxWaiting) reject(busy('the queue is full'));
        else return queue.add(() => resolve(release));
        return () => undefined;
      },
    );
  return { tryAcquire, acquire };
}

function busy(why: string): Fault {
  return Fault.busy(`is overloaded: ${why}`);
}
