import { needReasons } from '../../src/need-reasons.ts';
import { code, table } from './markdown.ts';

/** The table of the reasons for which a caller needs the gateway. */
export function needReasonsTable(): string {
  return table(
    ['reason', 'without the gateway', 'breaks', 'the change in the client'],
    Object.entries(needReasons).map(([kind, reason]) => [
      code('about' in reason ? `${kind}:${reason.about.toUpperCase()}` : kind),
      reason.without,
      reason.breaks ? 'yes' : 'no',
      reason.cure,
    ]),
  );
}
