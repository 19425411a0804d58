import { fixedLimits } from '../../config/fixed-limits.ts';
import { dayNumberIn, dayNumberOf } from '../days.ts';
import type { DayCount, KeyHistory, LedgerKey, LedgerRun } from '../entry.ts';
import { keyTextOf, largerCount, laterRun, longerHistory, sumOfCounts } from '../larger.ts';
import type { LedgerStore } from '../store.ts';
import { LedgerStoreError } from '../store-error.ts';

/** The counts of one day: by the text of the key, then by the run. */
type DayCells = Map<string, Map<string, DayCount>>;

/**
 * The store that is lost when the process ends. Its size is bounded: beyond the limit the oldest days are removed early, with
 * their gaps kept.
 */
export class MemoryStore implements LedgerStore {
  readonly #mostCells: number;
  readonly #runs = new Map<string, LedgerRun>();
  /** By day. */
  readonly #days = new Map<string, DayCells>();
  readonly #histories = new Map<string, KeyHistory>();
  #cells = 0;

  constructor(mostCells: number = fixedLimits.ledgerMemoryCells) {
    this.#mostCells = mostCells;
  }

  write(run: LedgerRun, counts: readonly DayCount[]): Promise<void> {
    while (this.#cells + counts.length > this.#mostCells && this.#days.size > 1)
      this.#removeDay(this.#orderedDays()[0]);
    if (this.#cells + counts.length > this.#mostCells)
      return Promise.reject(new LedgerStoreError('the memory of the ledger is full', 'ELEDGERFULL', false));
    const known = this.#runs.get(run.boot);
    this.#runs.set(run.boot, known === undefined ? run : laterRun(known, run));
    for (const count of counts) this.#add(run.boot, count);
    return Promise.resolve();
  }

  async *read(fromDay: string): AsyncIterable<DayCount> {
    for (const day of this.#orderedDays().filter((each) => each >= fromDay)) {
      // A list of its own, because writes go on between two counts. The sums are made one by one: those of 10,000 keys hold the event loop.
      const cells = [...(this.#days.get(day)?.values() ?? [])];
      for (const ofRuns of cells) yield sumOf(ofRuns);
    }
  }

  runs(): Promise<readonly LedgerRun[]> {
    return Promise.resolve([...this.#runs.values()]);
  }

  histories(): Promise<readonly KeyHistory[]> {
    return Promise.resolve([...this.#histories.values()]);
  }

  keys(limit: number): Promise<readonly LedgerKey[]> {
    const found = new Map<string, LedgerKey>();
    for (const [text, { key }] of this.#histories) found.set(text, key);
    for (const cells of this.#days.values())
      for (const [text, ofRuns] of cells) for (const { key } of ofRuns.values()) found.set(text, key);
    return Promise.resolve([...found.values()].slice(0, limit));
  }

  trim(beforeDay: string, forgottenBefore: string): Promise<void> {
    for (const day of this.#orderedDays().filter((each) => each < beforeDay)) this.#removeDay(day);
    const kept = new Set([...this.#days.values()].flatMap((cells) => [...cells.keys()]));
    const isForgotten = (text: string, { last }: KeyHistory): boolean =>
      dayNumberOf(last) < dayNumberIn(forgottenBefore) && !kept.has(text);
    for (const [text, history] of this.#histories) if (isForgotten(text, history)) this.#histories.delete(text);
    for (const [boot, { storedAt }] of this.#runs)
      if (dayNumberOf(storedAt) < dayNumberIn(beforeDay)) this.#runs.delete(boot);
    return Promise.resolve();
  }

  forget(project: string): Promise<number> {
    const removed = new Set<string>();
    const isOfProject = (text: string): boolean => text.startsWith(`${project}\n`);
    for (const cells of this.#days.values()) {
      for (const [text, ofRuns] of [...cells].filter(([each]) => isOfProject(each))) {
        this.#cells -= ofRuns.size;
        cells.delete(text);
        removed.add(text);
      }
    }
    for (const text of [...this.#histories.keys()].filter(isOfProject)) {
      this.#histories.delete(text);
      removed.add(text);
    }
    return Promise.resolve(removed.size);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #add(boot: string, count: DayCount): void {
    const cells = orNew(this.#days, count.day, () => new Map<string, Map<string, DayCount>>());
    const ofRuns = orNew(cells, keyTextOf(count.key), () => new Map<string, DayCount>());
    const known = ofRuns.get(boot);
    if (known === undefined) this.#cells += 1;
    ofRuns.set(boot, known === undefined ? count : largerCount(known, count));
  }

  #orderedDays(): string[] {
    return [...this.#days.keys()].toSorted();
  }

  #removeDay(day = ''): void {
    for (const [text, ofRuns] of this.#days.get(day) ?? []) {
      this.#cells -= ofRuns.size;
      const history = this.#histories.get(text);
      const gapDays = history === undefined ? 0 : dayNumberIn(day) - dayNumberOf(history.last);
      this.#histories.set(text, longerHistory(history, sumOf(ofRuns), gapDays));
    }
    this.#days.delete(day);
  }
}

function sumOf(ofRuns: ReadonlyMap<string, DayCount>): DayCount {
  return [...ofRuns.values()].reduce(sumOfCounts);
}

function orNew<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = create();
  map.set(key, fresh);
  return fresh;
}
