import { setImmediate } from 'node:timers/promises';
import type { Gate, Sharer } from '../exchange/fair-share/gate.ts';
import type { Release } from '../exchange/account/lane.ts';

/**
 * Wait until a long answer may be translated. Each one yields to the event loop every few milliseconds; many at a time would
 * multiply the latency of other exchanges and the memory of parsed answers.
 */
export async function acquireLongAnswer(longAnswers: Gate, sharer: Sharer): Promise<Release> {
  const release = await longAnswers.acquire(sharer);
  // The previous long answer ended in this turn of the event loop; starting another one in it would block the loop too long.
  await setImmediate();
  return release;
}
