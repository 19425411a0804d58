import { windowsOf } from '../../../retirement/calendar/windows.ts';
import type { Brownout, RetirementFile, RetirementRule } from '../../../retirement/retirement-file.ts';
import { Retirement, type Hit } from '../../../retirement/retirement.ts';
import { subjectOfKey } from '../../../retirement/row-subject.ts';
import { groupsBy } from '../../../way-out/groups.ts';
import type { KnownKey } from '../../../way-out/known-keys.ts';

/** Exchanges of one caller and operation, with those of their needs that matter. */
export interface PlanRow {
  readonly project: string;
  readonly agent: string;
  readonly network: string;
  readonly operation: string;
  readonly reasons: readonly string[];
  readonly exchanges: number;
  /** The last one, in milliseconds of Unix time. */
  readonly last: number;
}

/** A rule or a brownout of the file, and whom it would refuse. */
export interface PlannedPart {
  readonly name: string;
  readonly part:
    | { readonly kind: 'rule'; readonly source: RetirementRule }
    | { readonly kind: 'brownout'; readonly source: Brownout };
  readonly hits: readonly PlanRow[];
  /** Rows of which it may refuse a part: the ledger does not know their members exactly. */
  readonly perhaps: readonly PlanRow[];
  /** Rows that only an exception keeps from being refused. */
  readonly spared: readonly PlanRow[];
}

/** The effect that a retirement file would have on the callers that a ledger knows. */
export interface RetirementPlan {
  readonly parts: readonly PlannedPart[];
  /** The names of the brownouts that are over. */
  readonly over: readonly string[];
  /** All rows whose needs count. */
  readonly all: readonly PlanRow[];
  /** Those of them that no part would refuse. */
  readonly untouched: readonly PlanRow[];
}

/** Keys of one caller and operation, each with the verdicts of the parts in the order of their names. */
interface Judged {
  readonly keys: readonly { readonly known: KnownKey; readonly hits: ReadonlyMap<string, Hit> }[];
}

/** Compute whom a retirement file would refuse among the keys of a ledger. @param now in milliseconds of Unix time */
export function planRetirement(file: RetirementFile, known: readonly KnownKey[], now: number): RetirementPlan {
  const retirement = new Retirement(file);
  const counted = known.filter(
    ({ key, answered, failed }) => answered + failed > 0 && retirement.counted([key.reason]).length > 0,
  );
  const groups = groupsBy(['project', 'agent', 'network', 'operation'], counted).map(({ keys }): Judged => ({
    keys: keys.map((each) => ({
      known: each,
      hits: new Map(retirement.hitsOf(subjectOfKey(each.key)).map((hit) => [hit.name, hit])),
    })),
  }));
  const coming = file.brownouts.filter(({ times }) => windowsOf(times, now).next().done !== true);
  const parts = [
    ...file.rules.map((source) => ({ kind: 'rule', source }) as const),
    ...coming.map((source) => ({ kind: 'brownout', source }) as const),
  ].map((part) => plannedPart(part, groups));
  const hitRows = new Set(parts.flatMap(({ hits }) => hits.map(callerText)));
  const all = rowsOf(groups, () => true);
  return {
    parts,
    over: file.brownouts.filter((brownout) => !coming.includes(brownout)).map(({ name }) => name),
    all,
    untouched: all.filter((row) => !hitRows.has(callerText(row))),
  };
}

/** Make the test for a verdict. */
function of(match: Hit['match']): (hit: Hit) => boolean {
  return (hit) => hit.match === match;
}

function plannedPart(part: PlannedPart['part'], groups: readonly Judged[]): PlannedPart {
  const { name } = part.source;
  const has = ({ keys }: Judged, test: (hit: Hit) => boolean): boolean =>
    keys.some(({ hits }) => testOf(hits, name, test));
  const hit = groups.filter((group) => has(group, of('yes')));
  const rest = groups.filter((group) => !hit.includes(group));
  const perhaps = rest.filter((group) => has(group, of('maybe')));
  const spared = rest.filter((group) => !perhaps.includes(group) && has(group, ({ isSpared }) => isSpared));
  return {
    name,
    part,
    hits: rowsOf(hit, (hits) => testOf(hits, name, of('yes'))),
    perhaps: rowsOf(perhaps, (hits) => testOf(hits, name, of('maybe'))),
    spared: rowsOf(spared, (hits) => testOf(hits, name, ({ isSpared }) => isSpared)),
  };
}

function testOf(hits: ReadonlyMap<string, Hit>, name: string, test: (hit: Hit) => boolean): boolean {
  const hit = hits.get(name);
  return hit !== undefined && test(hit);
}

/** Make the rows of groups, with the keys that matter; the largest come first. */
function rowsOf(groups: readonly Judged[], matters: (hits: ReadonlyMap<string, Hit>) => boolean): readonly PlanRow[] {
  return groups
    .flatMap(({ keys }) => {
      const chosen = keys.filter(({ hits }) => matters(hits)).map((each) => each.known);
      const [first] = chosen;
      if (first === undefined) return [];
      const { project, agent, network, operation } = first.key;
      // An exchange with several needs counts for each of them.
      const exchanges = Math.max(...chosen.map(({ answered, failed }) => answered + failed));
      const reasons = chosen.map(({ key }) => key.reason).toSorted();
      return [
        { project, agent, network, operation, reasons, exchanges, last: Math.max(...chosen.map(({ last }) => last)) },
      ];
    })
    .toSorted((one, other) => other.exchanges - one.exchanges);
}

/** The caller and the operation of a row, as one text. */
function callerText({ project, agent, network, operation }: PlanRow): string {
  return [project, agent, network, operation].join('\n');
}
