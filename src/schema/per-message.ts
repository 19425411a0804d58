import type { Message } from './shapes.ts';

/** Memoize a function of messages, so that readers and writers are made once for each message. */
export function perMessage<T>(make: (message: Message) => T): (message: Message) => T {
  const made = new Map<Message, { readonly it: T }>();
  return (message) => {
    const known = made.get(message);
    if (known !== undefined) return known.it;
    const it = make(message);
    made.set(message, { it });
    return it;
  };
}
