import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { MemoryStore } from '../../src/ledger/memory/memory-store.ts';
import { callsHere, sqliteStore } from '../../src/ledger/sqlite/sqlite-store.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { createPostgresStore } from '../../src/ledger/postgres/postgres-store.ts';
import { startPostgres, whyNoPostgres } from './start-postgres.ts';

/** A kind of store, for tests that hold for all of them. */
export interface StoreKind {
  readonly name: string;
  readonly skip: string | false;
  /** Open a place for the length of a test. */
  readonly open: (context: TestContext) => Promise<OpenPlace>;
}

/** A place with a ledger. */
export interface OpenPlace {
  /** Several stores on the same place, as those of several gateways. */
  readonly stores: readonly LedgerStore[];
  /** Empty the ledger. */
  readonly clear: () => Promise<void>;
}

const gateways = [1, 2, 3];

/** Every kind of store, each tested by the same tests. */
export const storeKinds: readonly StoreKind[] = [
  { name: 'memory', skip: false, open: openMemory },
  { name: 'a file', skip: false, open: openFile },
  { name: 'PostgreSQL', skip: whyNoPostgres(), open: openPostgres },
];

/** A memory is that of one gateway. It is emptied by taking another. */
async function openMemory(): Promise<OpenPlace> {
  const stores = [new MemoryStore()];
  return { stores, clear: async () => void (stores[0] = new MemoryStore()) };
}

async function openFile(context: TestContext): Promise<OpenPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-ledger-'));
  const file = join(folder, 'ledger.db');
  const stores = gateways.map(() => sqliteStore(callsHere({ file, access: 'keep', busyMs: 2_000 })));
  const database = new DatabaseSync(file);
  context.after(async () => {
    database.close();
    await Promise.all(stores.map((store) => store.close()));
    rmSync(folder, { recursive: true });
  });
  await stores[0]?.runs();
  return { stores, clear: async () => database.exec('DELETE FROM count; DELETE FROM key; DELETE FROM run') };
}

async function openPostgres(context: TestContext): Promise<OpenPlace> {
  const server = await startPostgres();
  const url = await server.create();
  const stores = gateways.map(() => createPostgresStore(url, { rowsPerStatement: 3, rowsPerPage: 2 }));
  context.after(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await server.stop();
  });
  // Creates the schema.
  await stores[0]?.runs();
  const tables = ['runs', 'keys', 'counts', 'histories'].map((table) => `gateway_ledger.${table}`).join(', ');
  return { stores, clear: async () => void (await server.query('ledger_1', `TRUNCATE ${tables}`)) };
}
