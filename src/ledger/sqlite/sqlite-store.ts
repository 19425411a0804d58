import { fixedLimits } from '../../config/fixed-limits.ts';
import { dayNumberIn } from '../days.ts';
import type { DayCount, KeyHistory } from '../entry.ts';
import { keyTextOf, sumOfCounts } from '../larger.ts';
import type { LedgerStore } from '../store.ts';
import type { SqliteOptions } from './connection.ts';
import { SqliteFile, type CountCursor, type CountPage, type HistoryPage } from './sqlite-file.ts';

/** The methods of a file that can be called from another thread. */
export type SqliteMethod = Exclude<keyof SqliteFile, 'close'>;

/** The way to a file: in this thread or another. */
export interface SqliteCalls {
  readonly call: <M extends SqliteMethod>(
    method: M,
    ...args: Parameters<SqliteFile[M]>
  ) => Promise<ReturnType<SqliteFile[M]>>;
  readonly close: () => Promise<void>;
}

/** Call a file in this thread, which waits for it: for commands, not for a process that serves callers. */
export function callsHere(options: SqliteOptions): SqliteCalls {
  const file = new SqliteFile(options);
  return {
    // A generic method and its arguments belong together, but TypeScript cannot follow that through the look-up.
    call: async (method, ...args) => (file[method].bind(file) as (...given: typeof args) => never)(...args),
    close: async () => file.close(),
  };
}

/** Use a file as the store of a ledger. */
export function sqliteStore({ call, close }: SqliteCalls): LedgerStore {
  return {
    write: (run, counts) => call('write', run, counts),
    read: (fromDay) => summed(rowsFrom(call, fromDay)),
    runs: () => call('runs'),
    histories: () => allHistories(call),
    keys: (limit) => call('keys', limit),
    trim: async (beforeDay, forgottenBefore) => {
      const before = dayNumberIn(beforeDay);
      while (await call('trimDay', before)) continue;
      await call('trimKeysAndRuns', dayNumberIn(forgottenBefore), before);
    },
    forget: (project) => call('forget', project),
    close,
  };
}

async function allHistories(call: SqliteCalls['call']): Promise<readonly KeyHistory[]> {
  const found: KeyHistory[] = [];
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: HistoryPage = await call('histories', after, fixedLimits.ledgerPageRows);
    found.push(...page.histories);
    after = page.next;
  }
  return found;
}

async function* rowsFrom(call: SqliteCalls['call'], fromDay: string): AsyncIterable<DayCount> {
  let from: CountCursor | undefined = { day: dayNumberIn(fromDay), keyId: 0 };
  while (from !== undefined) {
    const page: CountPage = await call('page', from, fixedLimits.ledgerPageRows);
    yield* page.counts;
    from = page.next;
  }
}

/** Add up the counts of several runs, which follow each other. */
async function* summed(rows: AsyncIterable<DayCount>): AsyncIterable<DayCount> {
  let sum: DayCount | undefined;
  for await (const row of rows) {
    if (sum !== undefined && row.day === sum.day && keyTextOf(row.key) === keyTextOf(sum.key)) {
      sum = sumOfCounts(sum, row);
      continue;
    }
    if (sum !== undefined) yield sum;
    sum = row;
  }
  if (sum !== undefined) yield sum;
}
