import { fixedLimits } from '../../../config/fixed-limits.ts';
import { dayNumberOf, dayText } from '../../../ledger/days.ts';
import { brownoutWindows } from '../../../retirement/past-windows.ts';
import { readRetirementText } from '../../../retirement/read/read-file.ts';
import type { RetirementFile } from '../../../retirement/retirement-file.ts';
import { plannedCallersOf } from '../../../way-out/plan/planned-callers.ts';
import { planRetirement, type PlannedPart, type PlanRow, type RetirementPlan } from '../../../way-out/plan/plan.ts';
import { isoText } from '../../../way-out/words/time-text.ts';
import type { LedgerData } from '../../views/ledger-types.ts';
import type {
  PastWindow,
  PlanCaller,
  PlanPart,
  PlanReach,
  PlanTableRow,
  RetirementPlanView,
} from '../../views/plan-types.ts';
import { recentDays, type LedgerReading } from '../read/reading.ts';
import { beginningOf } from './beginning.ts';

const mostParts = 100;
const mostRows = 10;
/** Most windows that are over, as on the calendar. */
const mostPast = 250;
/** Most windows that are computed. */
const mostWindows = 5000;

/** Say whom the retirement file would refuse, or one to begin with. */
export function viewPlan(reading: LedgerReading): Omit<RetirementPlanView, keyof LedgerData> {
  const { retirement, retirementPath, at } = reading;
  const beginning = retirementPath === '' ? beginningOf(reading) : undefined;
  const { parts, all, untouched } = planOf(reading, beginning);
  const shown = parts.toSorted((one, other) => exchangesOf(other) - exchangesOf(one)).slice(0, mostParts);
  return {
    since: dayText(dayNumberOf(at) - recentDays),
    isOfFile: retirementPath !== '',
    beginning: beginning ?? null,
    needed: reachOf(all),
    parts: shown.map(viewPart),
    moreParts: parts.length - shown.length,
    untouched: reachOf(untouched),
    past: retirement === undefined ? [] : pastOf(reading, retirement),
  };
}

/** List whom each rule and brownout would refuse, and who is left. */
export function listPlanRows(reading: LedgerReading): readonly PlanTableRow[] {
  const beginning = reading.retirementPath === '' ? beginningOf(reading) : undefined;
  const { parts, untouched } = planOf(reading, beginning);
  const rows: PlanTableRow[] = [];
  const add = (part: string, effect: PlanTableRow['effect'], some: readonly PlanRow[]): void => {
    const left = fixedLimits.consoleCsvRows - rows.length;
    rows.push(...some.slice(0, left).map((row) => ({ part, effect, ...viewCaller(row) })));
  };
  for (const { name, hits, perhaps, spared } of parts) {
    add(name, 'refused', hits);
    add(name, 'perhaps', perhaps);
    add(name, 'spared', spared);
  }
  add('', 'untouched', untouched);
  return rows;
}

/** The file of a gateway whose file cannot be used refuses nobody that is known here. */
const noPlan: RetirementPlan = { parts: [], over: [], all: [], untouched: [] };

function planOf({ retirement, recent, at }: LedgerReading, beginning: string | undefined): RetirementPlan {
  const file = beginning === undefined ? retirement : readRetirementText('-', beginning);
  return file === undefined ? noPlan : planRetirement(file, recent, at);
}

function exchangesOf({ hits, perhaps, spared }: PlannedPart): number {
  return [...hits, ...perhaps, ...spared].reduce((sum, { exchanges }) => sum + exchanges, 0);
}

function viewPart({ name, part: { kind }, hits, perhaps, spared }: PlannedPart): PlanPart {
  return { name, kind, hits: reachOf(hits), perhaps: reachOf(perhaps), spared: reachOf(spared) };
}

function reachOf(rows: readonly PlanRow[]): PlanReach {
  const { exchanges, projects, agents } = plannedCallersOf(rows);
  return {
    exchanges,
    projects: projects.size,
    clients: agents.size,
    rows: rows.slice(0, mostRows).map(viewCaller),
  };
}

function viewCaller(row: PlanRow): PlanCaller {
  return { ...row, last: isoText(row.last) ?? '' };
}

function pastOf({ at, coverage, refused }: LedgerReading, file: RetirementFile): readonly PastWindow[] {
  return brownoutWindows(file, { from: coverage.since ?? at, to: at }, mostWindows)
    .filter(({ to }) => to <= at)
    .slice(-mostPast)
    .map(({ name, from, to }) => {
      const [first, last] = [dayNumberOf(from), dayNumberOf(to - 1)];
      return {
        name,
        from: isoText(from) ?? '',
        refused: refused.between(first, last),
        isComplete: !coverage.gaps.some((gap) => gap.first <= last && gap.last >= first),
      };
    });
}
