import type { PlanRow } from './plan.ts';

/** The callers of some rows of a plan. The ledger's own names, such as `(unverified)`, are no callers. */
export interface PlannedCallers {
  readonly exchanges: number;
  /** Those of them that have no project: of callers whose project is not known, or that name none. */
  readonly withoutProject: number;
  readonly projects: ReadonlySet<string>;
  readonly agents: ReadonlySet<string>;
}

/** Add up whom rows are about. */
export function plannedCallersOf(rows: readonly PlanRow[]): PlannedCallers {
  let [exchanges, withoutProject] = [0, 0];
  const [projects, agents] = [new Set<string>(), new Set<string>()];
  for (const row of rows) {
    exchanges += row.exchanges;
    if (isOwnName(row.project)) withoutProject += row.exchanges;
    else projects.add(row.project);
    if (!isOwnName(row.agent)) agents.add(row.agent);
  }
  return { exchanges, withoutProject, projects, agents };
}

/** Check for a name that the ledger gives: several callers together, or none. */
function isOwnName(text: string): boolean {
  return /^\(.*\)$/.test(text);
}
