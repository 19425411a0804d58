import { Fault } from '../../fault.ts';
import { Roster } from '../exchange/linked-set.ts';
import type { Config } from '../../config/settings.ts';
import type { ExchangeEnd } from '../exchange/end.ts';

/** Lets so many through at a time, and others wait for a while. */
export interface Gate {
  /** Passes where nobody has to wait; undefined where one has to. Who has passed must call what it gives, once. */
  passAtOnce(): (() => void) | undefined;
  /**
   * Resolves when it is one's turn; who has passed must call what it gives, once.
   * @throws {Fault} 503 with Retry-After where too many wait, or it took too long; 499 where the caller has gone
   */
  pass(signal: ExchangeEnd): Promise<() => void>;
}

/** A gate that lets `max` through at a time. */
export function createGate({
  max,
  maxWaiting,
  waitMs,
}: Pick<Config['exchanges'], 'max' | 'maxWaiting' | 'waitMs'>): Gate {
  let inside = 0;
  const waiting = new Roster<() => void>();
  const leave = (): void => {
    const first = waiting.first();
    if (first === undefined) inside -= 1;
    else first();
  };
  const passAtOnce = (): (() => void) | undefined => {
    if (inside >= max) return undefined;
    inside += 1;
    return leave;
  };
  return {
    passAtOnce,
    pass: (signal) => {
      if (signal.aborted) return Promise.reject(Fault.callerGone());
      const passed = passAtOnce();
      if (passed !== undefined) return Promise.resolve(passed);
      if (waiting.size >= maxWaiting) return Promise.reject(Fault.busy('has too much to do: too many wait'));
      return new Promise((resolve, reject) => {
        const settle = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', abandon);
          stopWaiting();
        };
        const enter = (): void => {
          settle();
          resolve(leave);
        };
        const abandon = (): void => {
          settle();
          reject(Fault.callerGone());
        };
        const timer = setTimeout(() => {
          settle();
          reject(Fault.busy('has too much to do: it took too long'));
        }, waitMs);
        signal.addEventListener('abort', abandon);
        const stopWaiting = waiting.enter(enter);
      });
    },
  };
}
