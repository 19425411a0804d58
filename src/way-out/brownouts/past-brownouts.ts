import { brownoutWindows } from '../../retirement/past-windows.ts';
import type { RetirementFile } from '../../retirement/retirement-file.ts';
import { Retirement } from '../../retirement/retirement.ts';
import { subjectOfKey } from '../../retirement/row-subject.ts';
import type { PastBrownout } from '../brownout.ts';

/** The most windows of brownouts that are looked at. */
const mostWindows = 1000;

/** List the brownouts of a retirement file that began after a time and are over. */
export function pastBrownouts(file: RetirementFile, since: number, now: number): readonly PastBrownout[] {
  const retirement = new Retirement(file);
  return brownoutWindows(file, { from: since, to: now }, mostWindows)
    .filter(({ to }) => to <= now)
    .map(({ from, to, name }) => ({
      from,
      until: to,
      isForAll: isForAll(file, name),
      covers: (key) => retirement.hitsOf(subjectOfKey(key)).some((hit) => hit.name === name && hit.match === 'yes'),
    }));
}

/** Check that a brownout refuses everybody. An exception hides a client that is left. */
function isForAll({ brownouts, except }: RetirementFile, name: string): boolean {
  const brownout = brownouts.find((each) => each.name === name);
  return brownout?.only === undefined && brownout?.except.length === 0 && except.length === 0;
}
