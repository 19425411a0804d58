import * as fc from 'fast-check';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { rebuild } from '../../src/compute/operations/rebuild.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { everyWord } from './every-word.ts';

/** A message, with a title for the names of tests. */
export interface NamedMessage {
  readonly title: string;
  readonly message: Message;
  /** The share of a law's values that are drawn for the message, from 0 to 1. */
  readonly share: number;
}

/** The share of an operation: there are many operations, but few forms of messages. */
const shareOfMany = 1 / 20;

const described: readonly Operation[] = operations;

const ofOperations = described.flatMap((operation) => {
  const { name, request, answer, otherAnswer } = operation;
  const share = operation === rebuild ? 1 : shareOfMany;
  return [
    { title: `the request of ${name}`, message: request },
    { title: `the answer of ${name}`, message: answer },
    { title: `the other answer of ${name}`, message: otherAnswer },
  ].flatMap(({ title, message }) => (message === undefined ? [] : [{ title, message, share }]));
});

const ofEveryWord = everyWord.map((named) => ({ ...named, share: 1 }));

/** Every description once: the requests and answers of operations, and the messages with every word of the language. */
export const messages: readonly NamedMessage[] = [
  ...Map.groupBy([...ofEveryWord, ...ofOperations], ({ message }) => message).values(),
].flatMap((alike) => alike.slice(0, 1));

const seed = 20_140_417;

/**
 * Assert a property for a number of values, at least one. The seed is fixed, so that a failure occurs again; the message of a
 * failure has the seed and the path to it.
 */
export function holds<Ts extends [unknown, ...unknown[]]>(runs: number, property: fc.IProperty<Ts>): void {
  fc.assert(property, { seed, numRuns: Math.ceil(runs) });
}
