import { timesText, utcTime } from '../../../retirement/shown/retire-words.ts';
import type { PlannedPart, PlanRow, RetirementPlan } from '../../../way-out/plan/plan.ts';
import { plannedCallersOf } from '../../../way-out/plan/planned-callers.ts';
import type { PlanScope } from './plan-text.ts';

/** Make the data of a plan for programs. */
export function planData({ parts, over, all, untouched }: RetirementPlan, scope: PlanScope): unknown {
  const { path, since, until } = scope;
  return {
    file: path,
    since,
    until,
    needed: reach(all),
    parts: parts.map((part) => partData(part, scope)),
    untouched: reach(untouched),
    over,
  };
}

function partData({ name, part, hits, perhaps, spared }: PlannedPart, { file }: PlanScope): unknown {
  return {
    name,
    kind: part.kind,
    ...(part.kind === 'rule'
      ? { from: utcTime(part.source.from) }
      : { times: timesText(part.source.times, file.zone) }),
    hits: reach(hits),
    perhaps: reach(perhaps),
    spared: reach(spared),
  };
}

/** List different values in order. */
function different(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].toSorted();
}

function reach(rows: readonly PlanRow[]): unknown {
  const { exchanges, withoutProject, projects, agents } = plannedCallersOf(rows);
  return {
    exchanges,
    withoutProject,
    projects: different(projects),
    agents: different(agents),
    networks: different(rows.map(({ network }) => network)),
    operations: different(rows.map(({ operation }) => operation)),
    reasons: different(rows.flatMap(({ reasons }) => reasons)),
    rows: rows.map((row) => ({ ...row, last: utcTime(row.last) })),
  };
}
