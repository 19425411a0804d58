import { setImmediate } from 'node:timers/promises';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import type { ExchangeEnd } from '../exchange/end.ts';
import type { Gate, Leave } from '../exchange/gate.ts';

/** Answers of at least this size are long, in bytes. */
const longBytes = 65_536;

/** Tells whether translating an answer takes so long that other exchanges must be served meanwhile. */
export function isLong({ body }: CloudAnswer): boolean {
  return body.length >= longBytes;
}

/**
 * Waits until a long answer may be translated. Each yields to the event loop every few milliseconds; many at a time would
 * multiply the delay of all other exchanges, and the memory of what is parsed.
 */
export async function turnOf(longAnswers: Gate, end: ExchangeEnd): Promise<Leave> {
  const leave = await longAnswers.pass(end);
  // The answer before ended in this turn of the event loop; together they would delay it for too long.
  await setImmediate();
  return leave;
}
