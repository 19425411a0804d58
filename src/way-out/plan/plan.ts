import { windowsOf } from '../../retirement/calendar/windows.ts';
import type { Brownout, RetirementFile, RetirementRule } from '../../retirement/retirement-file.ts';
import { Retirement, type Hit } from '../../retirement/retirement.ts';
import { subjectOfKey } from '../../retirement/row-subject.ts';
import { groupText } from '../groups.ts';
import type { KnownKey } from '../known-keys.ts';

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

/** The rows of a part, in the order of their keys. */
type PartRows = Record<'hits' | 'perhaps' | 'spared', PlanRow[]>;

/** Compute whom a retirement file would refuse among the keys of a ledger. @param now in milliseconds of Unix time */
export function planRetirement(file: RetirementFile, known: readonly KnownKey[], now: number): RetirementPlan {
  const retirement = new Retirement(file);
  const coming = file.brownouts.filter(({ times }) => windowsOf(times, now).next().done !== true);
  const parts = [
    ...file.rules.map((source) => ({ kind: 'rule', source }) as const),
    ...coming.map((source) => ({ kind: 'brownout', source }) as const),
  ];
  const rowsOfParts = new Map(parts.map(({ source }): [string, PartRows] => [source.name, noRows()]));
  const [all, untouched]: [PlanRow[], PlanRow[]] = [[], []];
  for (const keys of callersAmong(retirement, known)) {
    const row = rowOf(keys);
    all.push(row);
    if (!addTo(rowsOfParts, keys, row, retirement)) untouched.push(row);
  }
  return {
    parts: parts.map((part) => {
      const { name } = part.source;
      const { hits, perhaps, spared } = rowsOfParts.get(name) ?? noRows();
      return { name, part, hits: inOrder(hits), perhaps: inOrder(perhaps), spared: inOrder(spared) };
    }),
    over: file.brownouts.filter((brownout) => !coming.includes(brownout)).map(({ name }) => name),
    all: inOrder(all),
    untouched: inOrder(untouched),
  };
}

function noRows(): PartRows {
  return { hits: [], perhaps: [], spared: [] };
}

/** Group the keys whose needs count by caller and operation. */
function callersAmong(
  retirement: Retirement,
  known: readonly KnownKey[],
): Iterable<readonly [KnownKey, ...KnownKey[]]> {
  const callers = new Map<string, [KnownKey, ...KnownKey[]]>();
  for (const each of known) {
    const { key, answered, failed } = each;
    if (answered + failed === 0 || retirement.counted([key.reason]).length === 0) continue;
    const text = groupText(['project', 'agent', 'network', 'operation'], key);
    const members = callers.get(text);
    if (members === undefined) callers.set(text, [each]);
    else members.push(each);
  }
  return callers.values();
}

/** Add a caller to the rows of the parts that are about it. @returns false if none of them would refuse it for sure */
function addTo(
  rowsOfParts: ReadonlyMap<string, PartRows>,
  keys: readonly [KnownKey, ...KnownKey[]],
  row: PlanRow,
  retirement: Retirement,
): boolean {
  const hits = keys.flatMap((known) => retirement.hitsOf(subjectOfKey(known.key)).map((hit) => ({ hit, known })));
  let isHit = false;
  for (const [name, ofPart] of Map.groupBy(hits, ({ hit }) => hit.name)) {
    const rows = rowsOfParts.get(name);
    const [kind, chosen] = strongest(ofPart);
    const [first, ...rest] = chosen;
    if (rows === undefined || first === undefined) continue;
    if (kind === 'hits') isHit = true;
    rows[kind].push(chosen.length === keys.length ? row : rowOf([first, ...rest]));
  }
  return isHit;
}

/** Find what a part would do to a caller: the worst of what it would do to its keys, and the keys of that. */
function strongest(
  ofPart: readonly { readonly hit: Hit; readonly known: KnownKey }[],
): readonly [keyof PartRows, readonly KnownKey[]] {
  for (const [kind, test] of tests) {
    const chosen = ofPart.filter(({ hit }) => test(hit)).map(({ known }) => known);
    if (chosen.length > 0) return [kind, chosen];
  }
  return ['spared', []];
}

const tests: readonly (readonly [keyof PartRows, (hit: Hit) => boolean])[] = [
  ['hits', ({ match }) => match === 'yes'],
  ['perhaps', ({ match }) => match === 'maybe'],
  ['spared', ({ isSpared }) => isSpared],
];

/** Make the row of keys of one caller and operation. */
function rowOf(keys: readonly [KnownKey, ...KnownKey[]]): PlanRow {
  const [first] = keys;
  const { project, agent, network, operation } = first.key;
  // An exchange with several needs counts for each of them.
  const exchanges = Math.max(...keys.map(({ answered, failed }) => answered + failed));
  const reasons = keys.map(({ key }) => key.reason).toSorted();
  return {
    project,
    agent,
    network,
    operation,
    reasons,
    exchanges,
    last: Math.max(...keys.map(({ last }) => last)),
  };
}

/** Put the rows with the most exchanges first. */
function inOrder(rows: readonly PlanRow[]): readonly PlanRow[] {
  return rows.toSorted((one, other) => other.exchanges - one.exchanges);
}
