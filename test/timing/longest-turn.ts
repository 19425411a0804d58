import assert from 'node:assert/strict';
import type { Random } from '../promises/random.ts';
import { hostileTexts, type Vocabulary } from '../support/hostile-texts.ts';
import { exchangeBytes } from '../support/raw-exchange.ts';
import { mostHeldMs, startClock } from './slowest-texts.ts';

/** A kind of requests: the words that its texts are composed of, their longest length, and the request with a text. */
export interface Kind {
  readonly vocabulary: Vocabulary;
  readonly most: number;
  readonly write: (text: string) => Buffer;
}

/** The longest turn during an exchange, and the name of its text. */
export interface Turn {
  readonly ms: number;
  readonly text: string;
}

/** Find the longest turn during each of several exchanges with random texts. */
export async function turnsOfTexts(
  url: string,
  { vocabulary, most, write }: Kind,
  random: Random,
  count: number,
): Promise<readonly Turn[]> {
  const found: Turn[] = [];
  for (const text of hostileTexts(vocabulary, random)) {
    if (found.length === count) break;
    // Writing half a million brackets takes the test itself 100 ms.
    const bytes = write(text.write(most));
    found.push({ ms: await longestTurn(() => exchangeBytes(url, bytes)), text: text.name });
  }
  return found;
}

/** Assert that no turn holds the event loop for too long, and print the longest two. */
export function assertShort(found: readonly Turn[]): void {
  const slowest = found.toSorted((a, b) => b.ms - a.ms);
  for (const { ms, text } of slowest.slice(0, 2)) console.log(`# ${ms.toFixed(1)} ms: ${text}`);
  assert.deepEqual(
    slowest.filter(({ ms }) => ms > mostHeldMs),
    [],
  );
}

/**
 * Find the longest turn of the event loop during an exchange in this process, in milliseconds. The caller and the cloud are in
 * it, too. A long one is measured again: garbage of earlier exchanges is collected once.
 */
export async function longestTurn(exchange: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let n = 0; n < 3 && least > mostHeldMs / 2; n += 1) least = Math.min(least, await longestOnce(exchange));
  return least;
}

async function longestOnce(exchange: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let isEnded = false;
  let readTurn = startClock();
  const turn = (): void => {
    longest = Math.max(longest, readTurn());
    readTurn = startClock();
    if (!isEnded) setImmediate(turn);
  };
  setImmediate(turn);
  try {
    await exchange().catch(() => undefined);
  } finally {
    isEnded = true;
  }
  return longest;
}
