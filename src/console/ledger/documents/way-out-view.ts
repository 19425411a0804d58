import { dayText } from '../../../ledger/days.ts';
import { isBreaking, nameOfReason } from '../../../way-out/need-of-reason.ts';
import { unverifiedProject } from '../../../way-out/other-keys.ts';
import type { Row } from '../../../way-out/rows.ts';
import { summaryOf } from '../../../way-out/summary.ts';
import { isoText } from '../../../way-out/words/time-text.ts';
import type { BurnDown, BurnDownRow, LedgerData, Left, ReasonRow, WayOutView } from '../../views/ledger-types.ts';
import { burnDownOf, windowDays } from '../read/burn-down.ts';
import type { LedgerReading } from '../read/reading.ts';
import { figuresOf } from '../rows/figures.ts';
import type { JudgedRow } from '../rows/judged-row.ts';
import { judgedByKind, judgedTogether } from '../rows/judged.ts';
import { leftStates } from '../rows/table-query.ts';
import { viewGap, viewVerdict } from './verdict-view.ts';

const all = { only: new Map<never, string>(), kind: undefined } as const;
const needing = { only: new Map<never, string>(), kind: 'needing' } as const;

/** Describe who still needs the gateway, and when it can be switched off. */
export function viewWayOut(reading: LedgerReading): Omit<WayOutView, keyof LedgerData> {
  const { at, coverage, others } = reading;
  const summary = summaryOf(reading, { by: ['project'], project: undefined, sinceDay: 0, now: at });
  const reasons = judgedReasons(reading);
  const unverified = summary.rows.unverified[0];
  return {
    verdict: viewVerdict(summary.verdict, undefined),
    projects: leftOf(summary.rows.needing),
    clients: leftOf(rowsIn(judgedByKind(reading, { by: ['agent'], ...needing }))),
    reasonNames: leftOf(rowsIn(reasons.filter(({ kind }) => kind === 'needing'))),
    reasons: reasons.map((judged) => viewReason(reading, judged)),
    unverified:
      unverified === undefined
        ? null
        : { calls: unverified.answered + unverified.failed, last: isoText(unverified.last) ?? '' },
    others,
    burnDown: viewBurnDown(reading),
    daysWithoutData: coverage.gaps.map(viewGap),
  };
}

/** List the days of all reasons, the latest first. */
export function listBurnDown(reading: LedgerReading): readonly BurnDownRow[] {
  const { from, series } = burnDownOf(reading);
  const { gaps } = reading.coverage;
  const length = series[0]?.calls.length ?? 0;
  return Array.from({ length }, (_, at) => from + length - 1 - at).flatMap((day) =>
    series.map(({ reason, projects, clients, calls }) => ({
      day: dayText(day),
      reason: reason ?? '(all)',
      projects: projects[day - from] ?? 0,
      clients: clients[day - from] ?? 0,
      calls: calls[day - from] ?? 0,
      isComplete: !gaps.some(({ first, last }) => first <= day && day <= last),
    })),
  );
}

function viewBurnDown(reading: LedgerReading): BurnDown {
  const { from, series } = burnDownOf(reading);
  return {
    from: dayText(from),
    windowDays,
    series: series.map((each) => ({ ...each, breaks: each.reason === null || isBreaking(each.reason) })),
  };
}

/** Judge the reasons, each with all its members. Those of strangers are left out. */
function judgedReasons(reading: LedgerReading): readonly JudgedRow[] {
  const named = reading.keys
    .filter(({ key }) => key.project !== unverifiedProject)
    .map((known) => ({ ...known, key: { ...known.key, reason: nameOfReason(known.key.reason) } }));
  return judgedTogether({ ...reading, keys: named }, { by: ['reason'], ...all }).filter(
    ({ kind }) => kind !== 'unverified',
  );
}

function viewReason(reading: LedgerReading, judged: JudgedRow): ReasonRow {
  const reason = judged.row.name.reason ?? '';
  const of = { only: new Map([['reason', reason]] as const), kind: judged.kind };
  const [projects, clients] = (['project', 'agent'] as const).map((by) =>
    leftOf(rowsIn(judgedByKind(reading, { by: [by], ...of }))),
  );
  return {
    reason,
    breaks: isBreaking(reason),
    ...figuresOf(judged),
    projectsLeft: projects?.left ?? 0,
    clientsLeft: clients?.left ?? 0,
    projects: projects?.total ?? 0,
    clients: clients?.total ?? 0,
  };
}

function rowsIn(judged: readonly JudgedRow[]): readonly Row[] {
  return judged.map(({ row }) => row);
}

function leftOf(rows: readonly Row[]): Left {
  return { left: rows.filter(({ state }) => leftStates.includes(state)).length, total: rows.length };
}
