import { retirementFields, type RetirementFields } from '../header-fields.ts';
import { brownoutWindows, type BrownoutWindow } from '../past-windows.ts';
import type { RetirementFile } from '../retirement-file.ts';
import { Retirement } from '../retirement.ts';

/** A retirement file at a time. */
export interface ShownRetirement {
  readonly path: string;
  readonly file: RetirementFile;
  /** The time, in milliseconds of Unix time. */
  readonly at: number;
  readonly fields: RetirementFields;
  /** The brownouts that are in force at that time. */
  readonly brownouts: readonly BrownoutWindow[];
  /** The names of the rules that are in force. */
  readonly rules: readonly string[];
  /** The next change of what is in force; Infinity if there is none. */
  readonly nextChange: number;
  /** The brownouts that are in force or come next. */
  readonly calendar: readonly BrownoutWindow[];
}

/** Find out what a retirement file says at a time. @param most the largest number of brownouts in the calendar */
export function showRetirement(path: string, file: RetirementFile, at: number, most: number): ShownRetirement {
  const retirement = new Retirement(file);
  return {
    path,
    file,
    at,
    fields: retirementFields(file),
    brownouts: retirement.brownoutsAt(at),
    rules: file.rules.filter(({ from }) => from <= at).map(({ name }) => name),
    nextChange: retirement.nextChange(at),
    calendar: brownoutWindows(file, { from: at, to: Infinity }, most),
  };
}
