import { mostHeldMs, startClock } from './slowest-texts.ts';

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
