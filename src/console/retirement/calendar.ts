import { setImmediate as nextTurn } from 'node:timers/promises';
import { dayMs } from '../../ledger/days.ts';
import { windowsOf } from '../../retirement/calendar/windows.ts';
import type { BrownoutWindow } from '../../retirement/past-windows.ts';
import type { Brownout } from '../../retirement/retirement-file.ts';

/** The days before now whose windows are listed: the ledger has the refusals of as many. */
const pastDays = 400;
/** Most windows that are over, and most of the others. */
const mostWindows = 250;
/** Most windows of one brownout that are not over: about a year of one that recurs each week. */
const mostComing = 60;
/** Windows that are computed in one go: each takes some 50 us where clocks are changed. */
const windowsOfSlice = 50;

/** List the windows of brownouts around an instant in order, with pauses, because a file may have thousands of them. */
export async function calendarOf(brownouts: readonly Brownout[], now: number): Promise<readonly BrownoutWindow[]> {
  const found: BrownoutWindow[] = [];
  for (const { name, times } of brownouts) {
    let coming = 0;
    for (const window of windowsOf(times, now - pastDays * dayMs)) {
      found.push({ ...window, name });
      if (window.to > now) coming += 1;
      if (coming >= mostComing) break;
      if (found.length % windowsOfSlice === 0) await nextTurn();
    }
  }
  const sorted = found.toSorted((one, other) => one.from - other.from || one.to - other.to);
  const isOver = ({ to }: BrownoutWindow): boolean => to <= now;
  return [
    ...sorted.filter(isOver).slice(-mostWindows),
    ...sorted.filter((window) => !isOver(window)).slice(0, mostWindows),
  ];
}
