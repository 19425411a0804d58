import type { Message } from './shapes.ts';

/**
 * Memoize a function of messages, so that readers and writers are made once for each message. The result is freed with its
 * message: the message of a generic document exists for one answer only.
 */
export function perMessage<T>(make: (message: Message) => T): (message: Message) => T {
  const made = new WeakMap<Message, { readonly it: T }>();
  return (message) => {
    const known = made.get(message);
    if (known !== undefined) return known.it;
    const it = make(message);
    made.set(message, { it });
    return it;
  };
}
