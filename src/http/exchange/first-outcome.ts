import { Fault } from '../../fault.ts';
import type { ExchangeEnd } from './end.ts';

/** The functions that settle the promise of `firstOutcome`. Calls after the first have no effect. */
export interface Outcome<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** The limits of a wait: the end of its exchange, and a timeout in milliseconds with its handler. */
export interface Bounds<T> {
  readonly end: ExchangeEnd;
  readonly timeoutMs?: number | undefined;
  readonly onTimeout?: (outcome: Outcome<T>) => void;
}

/**
 * Wait for the first of several events: a timeout, the end of the exchange, or a call of the `Outcome`. All timers and
 * listeners are removed before the promise settles.
 * @param begin starts listening, and returns the function that removes its listeners, which is called once
 * @throws {Fault} 499 if the exchange ends first
 */
export function firstOutcome<T>(
  { end, timeoutMs, onTimeout }: Bounds<T>,
  begin: (outcome: Outcome<T>) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isSettled = false;
    let stop: (() => void) | undefined;
    const settle = (finish: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      end.removeEventListener('abort', abandon);
      stop?.();
      finish();
    };
    const outcome: Outcome<T> = {
      resolve: (value) => settle(() => resolve(value)),
      reject: (error) => settle(() => reject(error)),
    };
    const abandon = (): void => outcome.reject(Fault.callerGone());
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => onTimeout?.(outcome), timeoutMs);
    if (end.aborted) return abandon();
    end.addEventListener('abort', abandon);
    try {
      stop = begin(outcome);
    } catch (error) {
      return outcome.reject(error);
    }
    // If `begin` itself settled the promise, its clean-up did not exist yet.
    if (isSettled) stop();
    return undefined;
  });
}
