import { setImmediate } from 'node:timers/promises';
import type { ExchangeEnd } from '../exchange/end.ts';
import type { Gate, Leave } from '../exchange/gate.ts';

/**
 * Wait until a long answer may be translated. Each yields to the event loop every few milliseconds; many at a time would
 * multiply the delay of all other exchanges, and the memory of what is parsed.
 */
export async function turnOf(longAnswers: Gate, end: ExchangeEnd): Promise<Leave> {
  const leave = await longAnswers.pass(end);
  // The answer before ended in this turn of the event loop; together they would delay it for too long.
  await setImmediate();
  return leave;
}
