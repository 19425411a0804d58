import * as fc from 'fast-check';
import { operations } from '../../src/compute/operations.ts';
import type { Message, RecordShape } from '../../src/schema/shapes.ts';

/** A message of an operation, with a name for the titles of tests. */
export interface NamedMessage {
  readonly title: string;
  readonly message: Message<RecordShape>;
}

/** Every description that there is: each operation's request and answer. */
export const messages: readonly NamedMessage[] = operations.flatMap(({ name, request, answer }) => [
  { title: `the request of ${name}`, message: request },
  { title: `the answer of ${name}`, message: answer },
]);

const seed = 20_140_417;

/**
 * Holds a property for so many values; the seed is fixed, so that a failure is found again. What fails is printed with
 * the seed and the path to it.
 */
export function holds<Ts extends [unknown, ...unknown[]]>(runs: number, property: fc.IProperty<Ts>): void {
  fc.assert(property, { seed, numRuns: runs });
}
