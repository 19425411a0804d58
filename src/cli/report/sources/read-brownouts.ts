import { brownoutWindows } from '../../../retirement/past-windows.ts';
import { Retirement } from '../../../retirement/retirement.ts';
import { subjectOfKey } from '../../../retirement/row-subject.ts';
import type { PastBrownout } from '../../../way-out/brownout.ts';
import { loadRetirementFile } from '../../retire/retire-file.ts';

/** The most windows of brownouts that are looked at. */
const mostWindows = 1000;

/** Read the brownouts of a retirement file that are over. @param path '' for none @throws {UsageError} */
export function readBrownouts(path: string, since: number, now: number): readonly PastBrownout[] {
  if (path === '') return [];
  const retirement = new Retirement(loadRetirementFile(path));
  const { file } = retirement;
  return brownoutWindows(file, { from: since, to: now }, mostWindows)
    .filter(({ to }) => to <= now)
    .map(({ from, to, name }) => ({
      from,
      until: to,
      isForAll: isForAll(file, name),
      covers: coverOf(retirement, name),
    }));
}

/** Check that a brownout refuses everybody. An exception hides a client that is left. */
function isForAll({ brownouts, except }: Retirement['file'], name: string): boolean {
  const brownout = brownouts.find((each) => each.name === name);
  return brownout?.only === undefined && brownout?.except.length === 0 && except.length === 0;
}

function coverOf(retirement: Retirement, name: string): PastBrownout['covers'] {
  return (key) => retirement.hitsOf(subjectOfKey(key)).some((hit) => hit.name === name && hit.match === 'yes');
}
