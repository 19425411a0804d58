import { readMoment } from '../../../retirement/calendar/dates.ts';
import type { RetirementFile } from '../../../retirement/retirement-file.ts';
import { UsageError, type CommandIo, type CommandValues } from '../../command.ts';
import { writeJson } from '../../output.ts';
import { openRetirementFile, retirementPath } from '../retire-file.ts';
import { shownData } from './show-json.ts';
import { shownText } from './show-text.ts';
import { showRetirement } from '../../../retirement/shown/shown-retirement.ts';

/** The largest number of brownouts in the calendar. */
const mostWindows = 1000;

/** Carry out the command retire show. @returns the exit code @throws {UsageError} */
export async function runRetireShow({ args, options }: CommandValues, io: CommandIo): Promise<number> {
  const path = retirementPath(args, io.environment);
  const file = await openRetirementFile(path, io);
  const shown = showRetirement(path, file, timeIn(options['at'], file, io.now()), numberIn(options['next']));
  if (options['json'] === true) writeJson(io, shownData(shown));
  else io.stdout.write(shownText(shown));
  return 0;
}

function timeIn(text: string | boolean | undefined, { zone }: RetirementFile, now: number): number {
  if (typeof text !== 'string') return now;
  const read = readMoment(text, zone);
  if ('problem' in read) throw new UsageError(`The value of --at is not allowed: ${read.problem}.`);
  return read.value;
}

function numberIn(text: string | boolean | undefined): number {
  const number = Number(text ?? 10);
  if (!Number.isInteger(number) || number < 1 || number > mostWindows)
    throw new UsageError(`--next must be a number from 1 to ${mostWindows}.`);
  return number;
}
