import { Fault } from '../../fault.ts';
import type { ExchangeEnd } from './end.ts';
import { firstOutcome } from './first-outcome.ts';
import { LinkedSet } from './linked-set.ts';

/** Frees a place at a gate; called once. */
export type Leave = () => void;

/** Limits how much is done at a time; the rest waits in a queue that is bounded in length and time. */
export interface Gate {
  /** Take a free place; undefined where there is none. Awaiting a free gate would cost every request a promise. */
  passAtOnce(): Leave | undefined;
  /**
   * Wait for a place.
   * @throws {Fault} 503 with Retry-After where too many wait or the wait takes too long; 499 where the exchange ends first
   */
  pass(end: ExchangeEnd): Promise<Leave>;
}

/** The places of a gate, the places in its queue, and the longest wait there, in milliseconds. */
export interface GateLimits {
  readonly max: number;
  readonly maxWaiting: number;
  readonly waitMs: number;
}

/** Create a gate with `max` places and a queue. */
export function createGate({ max, maxWaiting, waitMs }: GateLimits): Gate {
  let taken = 0;
  const queue = new LinkedSet<() => void>();
  const leave = (): void => {
    const first = queue.first();
    if (first === undefined) taken -= 1;
    else first();
  };
  const passAtOnce = (): Leave | undefined => {
    if (taken >= max) return undefined;
    taken += 1;
    return leave;
  };
  const pass = (end: ExchangeEnd): Promise<Leave> =>
    firstOutcome<Leave>(
      { end, timeoutMs: waitMs, onTimeout: ({ reject }) => reject(busy('it took too long')) },
      ({ resolve, reject }) => {
        const passed = passAtOnce();
        if (passed !== undefined) resolve(passed);
        else if (queue.size >= maxWaiting) reject(busy('too many wait'));
        else return queue.add(() => resolve(leave));
        return () => undefined;
      },
    );
  return { passAtOnce, pass };
}

function busy(why: string): Fault {
  return Fault.busy(`has too much to do: ${why}`);
}
