import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { readLedgerPath } from '../../src/console/ledger/documents/ledger-documents.ts';
import { LedgerThread } from '../../src/console/ledger/ledger-thread.ts';
import { dayMs, dayText } from '../../src/ledger/days.ts';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { startPostgres, whyNoPostgres } from '../ledger/start-postgres.ts';
import { at, calls, countOf, each, run, type Simulated } from '../way-out/simulated.ts';

/** The time of the questions. */
export const now = at('2026-05-21T12:00');
/** The beginning of the data. */
export const begin = at('2024-05-21');

/** Two years of three clients, of a stranger, and of three days without data. */
export const twoYears: Simulated = {
  calls: [
    ...calls(each(at('2024-05-21T08:00'), at('2026-05-21'), 1), { project: 'daily', agent: 'fog/1.0' }),
    ...calls(each(at('2024-06-01T08:00'), at('2025-11-01'), 30), {
      project: 'größe/日本',
      agent: 'jclouds',
      reason: 'suffix',
    }),
    ...calls(each(at('2024-05-21T08:00'), at('2026-05-21'), 7), { project: 'daily', reason: 'spelling:accessIPv4' }),
    ...calls(each(at('2024-05-21T08:00'), at('2026-05-21'), 7), { project: 'modern', reason: 'path-v2' }),
    ...calls([at('2026-05-01T08:00')], { project: '(unverified)', agent: '(unverified)' }),
  ],
  runs: [run(begin, at('2025-02-01T12:00')), run(at('2025-02-04T12:00'), now, false)],
};

/** Store calls day by day. */
export async function fill(store: LedgerStore, { calls: all, runs }: Simulated): Promise<void> {
  for (const each of runs) await store.write(each, []);
  const [first] = runs;
  assert.ok(first !== undefined);
  for (const [day, ofDay] of Map.groupBy(all, ({ time }) => dayText(Math.floor(time / dayMs))))
    await store.write(
      { ...first, boot: first.boot },
      ofDay.map(countOf).filter((count) => count.day === day),
    );
}

/** A ledger that is asked as the console asks it. */
export interface AskedLedger {
  readonly store: LedgerStore;
  readonly ask: (path: string, query?: string) => Promise<{ readonly status: number; readonly text: string }>;
}

/** Open a ledger and the thread that reads it. */
export async function openAsked(context: TestContext, place: string): Promise<AskedLedger> {
  const store = await openLedgerStore(place, { access: 'keep' });
  const thread = new LedgerThread({ store, place, keeper: { store: async () => true } as never });
  context.after(async () => {
    await thread.close();
    await store.close();
  });
  return {
    store,
    ask: async (path, query = '') => {
      const read = readLedgerPath(path);
      assert.ok(read !== undefined, path);
      const { status, body } = await thread.ask({ path: read, query, retire: '', now, isGzipped: false });
      return { status, text: Buffer.from(body).toString() };
    },
  };
}

/** The kinds of stores. */
export const places: readonly {
  readonly name: string;
  readonly skip: string | false;
  readonly place: (context: TestContext) => Promise<string>;
}[] = [
  { name: 'in memory', skip: false, place: async () => 'memory' },
  { name: 'in a file', skip: false, place: filePlace },
  { name: 'in PostgreSQL', skip: whyNoPostgres(), place: databasePlace },
];

async function filePlace(context: TestContext): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-console-ledger-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return `sqlite:${join(folder, 'ledger.db')}`;
}

async function databasePlace(context: TestContext): Promise<string> {
  const server = await startPostgres();
  context.after(() => server.stop());
  return server.create();
}
