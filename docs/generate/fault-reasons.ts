import { faultReasons } from '../../src/fault-reasons.ts';
import { code, table } from './markdown.ts';

/** The table of fault reasons: what each means, and what an operator does about it. */
export function faultReasonsTable(): string {
  return table(
    ['reason', 'meaning', 'what to do'],
    Object.entries(faultReasons).map(([reason, { meaning, action, isLimit }]) => [
      `${code(reason)}${isLimit === true ? ' (a limit)' : ''}`,
      meaning,
      action,
    ]),
  );
}
