import type { Operation } from '../../src/compute/operation.ts';
import type { Message } from '../../src/schema/shapes.ts';

/** A message and the operations that use it. */
export interface Described {
  readonly message: Message;
  readonly operations: readonly string[];
  /** True if all of them use it as a request. */
  readonly isRequest: boolean;
}

/** List each message of the operations once. */
export function describedMessages(operations: readonly Operation[]): Described[] {
  const uses = operations.flatMap(({ name, request, answer, otherAnswer }) => [
    ...(request === undefined ? [] : [{ message: request, name, isRequest: true }]),
    ...[answer, otherAnswer].flatMap((message) => (message === undefined ? [] : [{ message, name, isRequest: false }])),
  ]);
  return [...Map.groupBy(uses, ({ message }) => message)].map(([message, found]) => ({
    message,
    operations: [...new Set(found.map(({ name }) => name))],
    isRequest: found.every(({ isRequest }) => isRequest),
  }));
}
