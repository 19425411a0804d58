import { setImmediate } from 'node:timers/promises';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import type { Context } from './context.ts';

/** From this size on an answer is a long one, in bytes. */
const longAnswer = 65_536;

/** Whether an answer takes so long that others must have their turns in between. */
export function isLong({ body }: CloudAnswer): boolean {
  return body.length >= longAnswer;
}

/**
 * Long answers are translated one after the other. Each leaves the others their turn every few milliseconds, which of many
 * at a time would be as many times as long; and only one is held parsed.
 */
export async function oneByOne({ road, asker }: Context, work: () => Promise<void>): Promise<void> {
  const leave = await road.longAnswers.pass(asker.signal);
  try {
    // The one before ended in this turn of the event loop, and many of them are long together.
    await setImmediate();
    await work();
  } finally {
    leave();
  }
}
