import { dayText } from '../../../ledger/days.ts';
import { Retirement } from '../../../retirement/retirement.ts';
import { subjectOfKey } from '../../../retirement/row-subject.ts';
import type { Dimension } from '../../../way-out/groups.ts';
import { summaryOf } from '../../../way-out/summary.ts';
import type { LedgerData, PartOfNeeds, ProjectDay, ProjectView, ProjectWithdrawal } from '../../views/ledger-types.ts';
import type { LedgerReading } from '../read/reading.ts';
import { chosenRows, judgedByKind, judgedTogether, selectedKeys } from '../rows/judged.ts';
import { readTableQuery } from '../rows/table-query.ts';
import { writeNeed, writeProject } from './ledger-tables.ts';
import { viewGap, viewVerdict } from './verdict-view.ts';

/** The most rows of a part. */
const mostRows = 100;

/** Describe a project. */
export function viewProject(reading: LedgerReading, project: string): Omit<ProjectView, keyof LedgerData> {
  const ofProject = { only: new Map([['project', project]] as const), kind: undefined };
  const part = (by: readonly Dimension[]): PartOfNeeds => {
    const judged = judgedByKind(reading, { by, ...ofProject });
    const rows = chosenRows(judged, { ...readTableQuery(new URLSearchParams(), by, 'json') });
    return { rows: rows.slice(0, mostRows).map(writeNeed), left: Math.max(0, rows.length - mostRows) };
  };
  const { verdict } = summaryOf(reading, { by: ['project'], project, sinceDay: 0, now: reading.at });
  const [row] = judgedTogether(reading, { by: ['project'], ...ofProject });
  return {
    project,
    row: row === undefined ? null : writeProject(row),
    verdict: viewVerdict(verdict, project),
    days: listProjectDays(reading, project),
    daysWithoutData: reading.coverage.gaps.map(viewGap),
    operations: part(['operation']),
    reasons: part(['reason']),
    clients: part(['agent', 'network']),
    withdrawals: withdrawalsOf(reading, project),
  };
}

/** List the days of a project on which it called, the earliest first. */
export function listProjectDays({ calls }: LedgerReading, project: string): readonly ProjectDay[] {
  return calls.ofProject(project).map(({ day, ...counts }) => ({ day: dayText(day), ...counts }));
}

/** List the brownouts and rules that are about a project, whenever they are in force. */
function withdrawalsOf(reading: LedgerReading, project: string): readonly ProjectWithdrawal[] {
  if (reading.retirement === undefined) return [];
  const retirement = new Retirement(reading.retirement);
  const keys = selectedKeys(reading, { only: new Map([['project', project]]), kind: undefined });
  const hits = Map.groupBy(
    keys.flatMap(({ key }) => retirement.hitsOf(subjectOfKey(key))),
    ({ name }) => name,
  );
  return [...hits]
    .filter(([, verdicts]) => verdicts.some(({ match }) => match !== 'no'))
    .map(([name, verdicts]) => ({ name, match: verdicts.every(({ match }) => match === 'yes') ? 'all' : 'some' }));
}
