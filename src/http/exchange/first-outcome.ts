import { Fault } from '../../fault.ts';
import type { ExchangeEnd } from './end.ts';

/** Settles the promise of `firstOutcome`; calls after the first have no effect. */
export interface Outcome<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** Bounds of a wait: the end of its exchange, and a timeout in milliseconds with the effect of its expiry. */
export interface Bounds<T> {
  readonly end: ExchangeEnd;
  readonly timeoutMs?: number | undefined;
  readonly onTimeout?: (outcome: Outcome<T>) => void;
}

/**
 * Wait for the first of several events. Whichever comes first wins; the timer, the listener on the exchange's end and what
 * `begin` started are cleaned up before the promise settles.
 * @param begin starts listening; returns the clean-up of its own listeners, called once
 * @throws {Fault} 499 where the exchange ends first
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
    // It settled while it began, when there was nothing to clean up yet.
    if (isSettled) stop();
    return undefined;
  });
}
