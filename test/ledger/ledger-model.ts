import type { DayCount, KeyHistory, LedgerKey, LedgerRun, LostSpan } from '../../src/ledger/entry.ts';

/** A change of a ledger, as gateways and operators make them. */
export type LedgerChange =
  | { readonly kind: 'write'; readonly run: LedgerRun; readonly counts: readonly DayCount[] }
  | { readonly kind: 'trim'; readonly beforeDay: string; readonly forgottenBefore: string }
  | { readonly kind: 'forget'; readonly project: string };

/** Everything that a store tells, in an order that does not depend on the store. */
export interface LedgerContents {
  readonly counts: readonly DayCount[];
  readonly runs: readonly LedgerRun[];
  readonly histories: readonly KeyHistory[];
  readonly keys: readonly LedgerKey[];
}

interface Cell {
  readonly boot: string;
  readonly count: DayCount;
}

const dayMs = 86_400_000;
const numberOf = (day: string): number => Date.parse(day) / dayMs;
const textOf = ({ project, agent, network, operation, reason }: LedgerKey): string =>
  JSON.stringify([project, agent, network, operation, reason]);
const byText = <T>(items: readonly T[], text: (item: T) => string): T[] =>
  items.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));

/** A ledger in a few lists, written from the contract of the stores and not from their code. */
export function createLedgerModel(): { apply(change: LedgerChange): void; contents(): LedgerContents } {
  let cells: Cell[] = [];
  let runs: LedgerRun[] = [];
  let histories: KeyHistory[] = [];

  function write(run: LedgerRun, counts: readonly DayCount[]): void {
    const known = runs.find(({ boot }) => boot === run.boot);
    const later = known === undefined ? run : laterRun(known, run);
    runs = [...runs.filter((each) => each !== known), later];
    for (const count of counts) {
      const former = cells.find(
        ({ boot, count: { key, day } }) => boot === run.boot && day === count.day && textOf(key) === textOf(count.key),
      );
      cells = [
        ...cells.filter((each) => each !== former),
        { boot: run.boot, count: former === undefined ? count : larger(former.count, count) },
      ];
    }
  }

  function trim(beforeDay: string, forgottenBefore: string): void {
    const removed = sums(cells).filter(({ day }) => day < beforeDay);
    for (const { key, day, first, last } of removed) {
      const known = histories.find((history) => textOf(history.key) === textOf(key));
      const gap = known === undefined ? 0 : numberOf(day) - Math.floor(known.last / dayMs);
      const next = known ?? { key, first, last, longestGapDays: 0 };
      histories = [
        ...histories.filter((history) => history !== known),
        {
          key,
          first: Math.min(next.first, first),
          last: Math.max(next.last, last),
          longestGapDays: Math.max(next.longestGapDays, gap),
        },
      ];
    }
    cells = cells.filter(({ count }) => count.day >= beforeDay);
    const kept = new Set(cells.map(({ count }) => textOf(count.key)));
    histories = histories.filter(({ key, last }) => last >= Date.parse(forgottenBefore) || kept.has(textOf(key)));
    runs = runs.filter(({ storedAt }) => storedAt >= Date.parse(beforeDay));
  }

  return {
    apply: (change) => {
      if (change.kind === 'write') write(change.run, change.counts);
      if (change.kind === 'trim') trim(change.beforeDay, change.forgottenBefore);
      if (change.kind === 'forget') {
        cells = cells.filter(({ count }) => count.key.project !== change.project);
        histories = histories.filter(({ key }) => key.project !== change.project);
      }
    },
    contents: () => {
      const counts = sums(cells);
      const keys = new Map([...counts, ...histories].map(({ key }) => [textOf(key), key]));
      return ordered({ counts, runs, histories, keys: [...keys.values()] });
    },
  };
}

/** Put the lists of a ledger in one order, so that they can be compared. */
export function ordered({ counts, runs, histories, keys }: LedgerContents): LedgerContents {
  return {
    counts: byText(counts, ({ key, day }) => `${day} ${textOf(key)}`),
    runs: byText(runs, ({ boot }) => boot),
    histories: byText(histories, ({ key }) => textOf(key)),
    keys: byText(keys, textOf),
  };
}

function laterRun(a: LedgerRun, b: LedgerRun): LedgerRun {
  return {
    ...a,
    storedAt: Math.max(a.storedAt, b.storedAt),
    isClosed: a.isClosed || b.isClosed,
    others: Math.max(a.others, b.others),
    ...lostOf([a.lost, b.lost].filter((each) => each !== undefined)),
  };
}

function lostOf(spans: readonly LostSpan[]): Pick<LedgerRun, 'lost'> {
  if (spans.length === 0) return {};
  const [from, until] = [spans.map((span) => span.from), spans.map((span) => span.until)];
  return { lost: { from: Math.min(...from), until: Math.max(...until) } };
}

function larger(a: DayCount, b: DayCount): DayCount {
  const refused = Math.max(a.refused ?? 0, b.refused ?? 0);
  const [answered, failed] = [Math.max(a.answered, b.answered), Math.max(a.failed, b.failed)];
  return { ...span(a, b), answered, failed, ...(refused > 0 && { refused }) };
}

function span(a: DayCount, b: DayCount): DayCount {
  return { ...(a.last > b.last ? a : b), first: Math.min(a.first, b.first) };
}

/** Sum up the runs: one count for each key and day, by day. */
function sums(cells: readonly Cell[]): DayCount[] {
  const groups = Map.groupBy(cells, ({ count: { day, key } }) => `${day} ${textOf(key)}`);
  return [...groups.values()]
    .map((group) => group.map(({ count }) => count).reduce(plus))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

function plus(a: DayCount, b: DayCount): DayCount {
  const refused = (a.refused ?? 0) + (b.refused ?? 0);
  const [answered, failed] = [a.answered + b.answered, a.failed + b.failed];
  return { ...span(a, b), answered, failed, ...(refused > 0 && { refused }) };
}
