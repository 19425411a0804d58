/**
 * The windows of brownouts that have passed, for the proof that nobody needs the gateway any more. Whom they hit is in the ledger:
 * a refused exchange counts in `refused` of its day and key, and in its `failed`. A key that the brownout would have hit, that was
 * seen before, and has neither `refused` on the days of the window nor a count afterwards, has not missed the gateway.
 */
import { windowsOf, type TimeWindow } from './calendar/windows.ts';
import type { RetirementFile } from './retirement-file.ts';

/** A window of a brownout. */
export interface BrownoutWindow extends TimeWindow {
  /** The name of the brownout. */
  readonly name: string;
}

/**
 * List the windows of the brownouts of a file that lie in a stretch of time, wholly or in part, in the order in which they begin.
 * @param most the largest number of them
 */
export function brownoutWindows(
  { brownouts }: RetirementFile,
  { from, to }: TimeWindow,
  most: number,
): readonly BrownoutWindow[] {
  return brownouts
    .flatMap(({ name, times }) => {
      const found: BrownoutWindow[] = [];
      for (const window of windowsOf(times, from)) {
        if (window.from >= to || found.length >= most) break;
        found.push({ ...window, name });
      }
      return found;
    })
    .toSorted((one, other) => one.from - other.from || one.to - other.to)
    .slice(0, most);
}
