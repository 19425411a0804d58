import { localTime, timesText, utcTime } from '../../../retirement/shown/retire-words.ts';
import type { ShownRetirement } from '../../../retirement/shown/shown-retirement.ts';

/** Make the data of a retirement file for programs. Times are in UTC. */
export function shownData({
  path,
  file,
  at,
  fields,
  brownouts,
  rules,
  nextChange,
  calendar,
}: ShownRetirement): unknown {
  const { deprecation, sunset, zone, needs } = file;
  const window = ({ name, from, to }: ShownRetirement['calendar'][number]) => ({
    name,
    from: utcTime(from),
    to: utcTime(to),
    localFrom: localTime(from, zone),
    localTo: localTime(to, zone),
  });
  return {
    file: path,
    timeZone: zone.name,
    needs,
    deprecation: timeOf(deprecation),
    sunset: timeOf(sunset),
    rules: file.rules.map(({ name, from, selection, except }) => ({ name, from: utcTime(from), ...selection, except })),
    brownouts: file.brownouts.map(({ name, times, only, except }) => ({
      name,
      times: timesText(times, zone),
      only: only ?? null,
      except,
    })),
    except: file.except,
    at: utcTime(at),
    inForce: { rules, brownouts: brownouts.map(window) },
    nextChange: Number.isFinite(nextChange) ? utcTime(nextChange) : null,
    calendar: calendar.map(window),
    headerFields: fields,
  };
}

function timeOf(instant: number | undefined): string | null {
  return instant === undefined ? null : utcTime(instant);
}
