import type { RetirementFile } from '../../../retirement/retirement-file.ts';
import { padToWidth, widthOf } from '../../report/print/display-width.ts';
import {
  localTime,
  selectionText,
  selectionsText,
  timesText,
  utcTime,
} from '../../../retirement/shown/retire-words.ts';
import type { PlannedPart, PlanRow, RetirementPlan } from '../../../way-out/plan/plan.ts';
import { plannedCallersOf } from '../../../way-out/plan/planned-callers.ts';

/** The file and the days of a plan, which are written as YYYY-MM-DD. */
export interface PlanScope {
  readonly path: string;
  readonly file: RetirementFile;
  readonly since: string;
  readonly until: string;
  /** Most rows of a table. */
  readonly top: number;
  /** True if no caller may be named. */
  readonly isAnonymous: boolean;
}

/** Write a plan in words and tables. */
export function planText(plan: RetirementPlan, scope: PlanScope): string {
  const { parts, over, all, untouched } = plan;
  const { path, since, until, top } = scope;
  const idle = parts.filter(({ hits, perhaps }) => hits.length + perhaps.length === 0).map(({ name }) => name);
  const sections = [
    [`${path}, by the ledger from ${since} to ${until}: ${amounts(all)} needed the gateway.`],
    ...parts.map((part) => partLines(part, scope)),
    ['Refused by nothing in the file: ' + amounts(untouched), ...table(untouched, top)],
    idle.length === 0 ? [] : [`They would refuse nobody: ${idle.join(', ')}`],
    over.length === 0 ? [] : [`Brownouts that are over: ${over.join(', ')}`],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function partLines({ name, part, hits, perhaps, spared }: PlannedPart, scope: PlanScope): readonly string[] {
  const { top } = scope;
  return [
    partTitle(name, part, scope),
    `  would refuse ${amounts(hits)}`,
    ...table(hits, top),
    ...(perhaps.length === 0
      ? []
      : [`  and perhaps some of ${amounts(perhaps)}, which the ledger does not know exactly`, ...table(perhaps, top)]),
    ...(spared.length === 0 ? [] : [`  exceptions spare ${amounts(spared)}`, ...table(spared, top)]),
  ];
}

/** Say which part it is, when it is in force, and what it selects; the selection names callers. */
function partTitle(name: string, part: PlannedPart['part'], { file: { zone }, isAnonymous }: PlanScope): string {
  if (part.kind === 'brownout') {
    const { times, only } = part.source;
    const about = only === undefined ? 'all' : selectionsText(only);
    return `Brownout ${name}, ${timesText(times, zone)}${isAnonymous ? '' : `: ${about}`}`;
  }
  const { from, selection } = part.source;
  const time = `${utcTime(from)} (${localTime(from, zone)} ${zone.name})`;
  return `Rule ${name}, from ${time}${isAnonymous ? '' : `: ${selectionText(selection)}`}`;
}

/** Count the exchanges of rows, their projects and their clients. */
function amounts(rows: readonly PlanRow[]): string {
  const { exchanges, withoutProject, projects, agents } = plannedCallersOf(rows);
  if (exchanges === 0) return 'nobody';
  const known = `${number(projects.size, 'project')} with ${number(agents.size, 'client')}`;
  if (withoutProject === exchanges) return `${number(exchanges, 'exchange')} without a known project`;
  const rest = withoutProject === 0 ? '' : `, and ${withoutProject} without a known project`;
  return `${number(exchanges - withoutProject, 'exchange')} of ${known}${rest}`;
}

function number(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

const head = ['project', 'agent', 'network', 'operation', 'reasons', 'exchanges', 'last'] as const;

/** Print rows with aligned columns. */
function table(rows: readonly PlanRow[], top: number): readonly string[] {
  if (rows.length === 0) return [];
  const cells = rows
    .slice(0, top)
    .map(({ project, agent, network, operation, reasons, exchanges, last }) => [
      project,
      agent === '' ? '(none)' : agent,
      network,
      operation === '' ? '(none)' : operation,
      reasons.join(', '),
      String(exchanges),
      utcTime(last).slice(0, 16).replace('T', ' '),
    ]);
  const widths = head.map((title, at) =>
    cells.reduce((most, row) => Math.max(most, widthOf(row[at] ?? '')), title.length),
  );
  const lines = [head, ...cells].map((row) =>
    `    ${row.map((cell, at) => padToWidth(cell, widths[at] ?? 0, false)).join('  ')}`.trimEnd(),
  );
  const rest = rows.length - cells.length;
  return rest > 0 ? [...lines, `    and ${number(rest, 'more row')}`] : lines;
}
