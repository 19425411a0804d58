import * as fc from 'fast-check';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { rebuild } from '../../src/compute/operations/rebuild.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { everyWord } from './every-word.ts';

/** A message, with a name for the titles of tests. */
export interface NamedMessage {
  readonly title: string;
  readonly message: Message;
  /** How many of a law's values are drawn for it, as a part of one. */
  readonly share: number;
}

/** There are many operations, of few forms. */
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

/** Every description that there is, each once: what operations take and answer, and what has every word of the language. */
export const messages: readonly NamedMessage[] = [
  ...Map.groupBy([...ofEveryWord, ...ofOperations], ({ message }) => message).values(),
].flatMap((alike) => alike.slice(0, 1));

const seed = 20_140_417;

/**
 * Holds a property for so many values, a part of one counting as one; the seed is fixed, so that a failure is found again. What fails is printed with
 * the seed and the path to it.
 */
export function holds<Ts extends [unknown, ...unknown[]]>(runs: number, property: fc.IProperty<Ts>): void {
  fc.assert(property, { seed, numRuns: Math.ceil(runs) });
}
