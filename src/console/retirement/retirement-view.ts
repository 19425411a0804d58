import { dayMs } from '../../ledger/days.ts';
import { retirementFields } from '../../retirement/header-fields.ts';
import type { Brownout, RetirementFile, RetirementRule } from '../../retirement/retirement-file.ts';
import { Retirement } from '../../retirement/retirement.ts';
import { localTime, selectionText, selectionsText, timesText, utcTime } from '../../retirement/shown/retire-words.ts';
import type {
  BrownoutView,
  CalendarWindow,
  RetirementInUse,
  RetirementRuleView,
  RetirementTime,
  RetirementView,
  WindowRow,
} from '../views/retirement-types.ts';
import { valuesOf, type ConsoleSources } from '../views/sources.ts';
import { calendarOf } from './calendar.ts';

/** Describe the retirement file: what it says, whether it is used, and what it refused. */
export async function viewRetirement(sources: ConsoleSources): Promise<RetirementView> {
  const now = Date.now();
  const { path, found } = foundFile(sources);
  const refused = valuesOf(await sources.snapshot(), 'gateway_retired_total');
  const by = (name: string): number => refused.find(({ labels }) => labels['by'] === name)?.value ?? 0;
  const inUse = found?.inUse;
  const changedAt = found?.changedAt;
  return {
    at: utcTime(now),
    file: path === '' ? null : path,
    changedAt: changedAt === undefined ? null : utcTime(changedAt),
    mistakes: found?.mistakes ?? [],
    refused: { byBrownouts: by('brownout'), byRules: by('rule') },
    inUse: inUse === undefined ? null : await describe(inUse, now),
  };
}

/** List the windows of the brownouts. */
export async function viewWindows(sources: ConsoleSources): Promise<readonly WindowRow[]> {
  const file = foundFile(sources).found?.inUse;
  const windows = file === undefined ? [] : await windowsIn(file, Date.now());
  return windows.map(({ from, to, ...window }) => ({
    ...window,
    from: from.utc,
    to: to.utc,
    localFrom: from.local,
    localTo: to.local,
  }));
}

/** Find the retirement file of the setting; undefined without one. */
export function foundFile({ settings, retirement }: Pick<ConsoleSources, 'settings' | 'retirement'>): {
  readonly path: string;
  readonly found: ReturnType<ConsoleSources['retirement']['read']> | undefined;
} {
  const value = settings()['retire']?.value;
  const path = typeof value === 'string' ? value : '';
  return { path, found: path === '' ? undefined : retirement.read(path) };
}

async function describe(file: RetirementFile, now: number): Promise<RetirementInUse> {
  const { deprecation, sunset, zone, needs, rules, brownouts, except } = file;
  const timed = (instant: number): RetirementTime => timeIn(file, instant);
  const nextChange = new Retirement(file).nextChange(now);
  return {
    timeZone: zone.name,
    needs,
    deprecation: deprecation === undefined ? null : timed(deprecation),
    sunset: sunset === undefined ? null : timed(sunset),
    isSunsetEnforced: sunset !== undefined && rules.some(({ from }) => from === sunset),
    headerFields: fieldsOf(file),
    rules: rules.map((rule) => ruleView(rule, file, now)),
    brownouts: brownouts.map((brownout) => brownoutView(brownout, file)),
    except: wordsOf(except),
    nextChange: Number.isFinite(nextChange) ? timed(nextChange) : null,
    calendar: await windowsIn(file, now),
  };
}

function timeIn({ zone }: RetirementFile, instant: number): RetirementTime {
  return { utc: utcTime(instant), local: localTime(instant, zone) };
}

function fieldsOf(file: RetirementFile): RetirementInUse['headerFields'] {
  return Object.entries(retirementFields(file)).flatMap(
    ([name, values]: readonly [string, string | readonly string[]]) =>
      (typeof values === 'string' ? [values] : values).map((value) => ({ name, value })),
  );
}

function ruleView(
  { name, from, selection, except }: RetirementRule,
  file: RetirementFile,
  now: number,
): RetirementRuleView {
  return {
    name,
    from: timeIn(file, from),
    isInForce: from <= now,
    about: selectionText(selection),
    except: wordsOf(except),
  };
}

function brownoutView({ name, times, only, except }: Brownout, { zone }: RetirementFile): BrownoutView {
  return {
    name,
    times: timesText(times, zone),
    about: only === undefined ? 'all' : selectionsText(only),
    except: wordsOf(except),
  };
}

function wordsOf(selections: RetirementFile['except']): string | null {
  return selections.length === 0 ? null : selectionsText(selections);
}

async function windowsIn(file: RetirementFile, now: number): Promise<readonly CalendarWindow[]> {
  const isForAll = new Map(
    file.brownouts.map(({ name, only, except }) => [
      name,
      only === undefined && except.length + file.except.length === 0,
    ]),
  );
  return (await calendarOf(file.brownouts, now)).map(({ name, from, to }) => ({
    name,
    from: timeIn(file, from),
    to: timeIn(file, to),
    state: to <= now ? 'over' : from <= now ? 'now' : 'coming',
    isProof: to - from >= dayMs && isForAll.get(name) === true,
  }));
}
