/** The end of an exchange, as those see it who work for it: as much of an AbortSignal as they need. */
export interface ExchangeEnd {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An ending, and the means to it. */
export interface EndableExchange extends ExchangeEnd {
  /** Tells all that listen, once. */
  readonly abort: () => void;
}

/** An AbortController of our own: node's makes an event and an exception for every exchange, and costs 5 us. */
export function createExchangeEnd(): EndableExchange {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    get aborted() {
      return aborted;
    },
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
    abort: () => {
      if (aborted) return;
      aborted = true;
      for (const listener of listeners) listener();
    },
  };
}
