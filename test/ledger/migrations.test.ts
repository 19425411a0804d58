// Protects the schema of the stores: steps are forward only, older gateways of a fleet write beside newer ones, or say that they cannot.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createPostgresStore } from '../../src/ledger/postgres/postgres-store.ts';
import { postgresSteps } from '../../src/ledger/postgres/schema.ts';
import { missingSteps, type SchemaStep } from '../../src/ledger/schema-steps.ts';
import { sqliteSteps } from '../../src/ledger/sqlite/schema.ts';
import { callsHere, sqliteStore } from '../../src/ledger/sqlite/sqlite-store.ts';
import { LedgerStoreError } from '../../src/ledger/store-error.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { countOf, countsIn, runOf } from './ledger-values.ts';
import { databaseOf, startPostgres, whyNoPostgres } from './start-postgres.ts';

/** A place for a ledger, and what tests need to look at it and to change it. */
interface Place {
  readonly steps: readonly SchemaStep[];
  /** Open the store of a gateway that knows these steps. */
  readonly open: (steps: readonly SchemaStep[], access?: 'keep' | 'read' | 'change') => LedgerStore;
  /** Write an answered exchange in the words of the first version of the schema, which knows no refused ones. */
  readonly writeAsFirstVersion: (answered: number) => Promise<void>;
  /** List the versions of the steps that were taken, with those of the oldest users. */
  readonly versions: () => Promise<unknown>;
  /** Further steps: two that only add, one that breaks older gateways, and one that fails half-way. */
  readonly adding: readonly string[];
  readonly failing: string;
}

interface Kind {
  readonly name: string;
  readonly skip: string | false;
  readonly make: (context: TestContext) => Promise<Place>;
}

const kinds: readonly Kind[] = [
  { name: 'a file', skip: false, make: makeFile },
  { name: 'PostgreSQL', skip: whyNoPostgres(), make: makePostgres },
];

const day = '2026-03-01';
const noon = Date.parse(`${day}T12:00:00Z`);

async function makeFile(context: TestContext): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-ledger-'));
  const file = join(folder, 'ledger.db');
  const stores: LedgerStore[] = [];
  context.after(async () => {
    await Promise.all(stores.map((store) => store.close()));
    rmSync(folder, { recursive: true });
  });
  const inFile = <T>(work: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(file, { timeout: 2_000 });
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  return {
    steps: sqliteSteps,
    open: (steps, access = 'keep') => {
      const store = sqliteStore(callsHere({ file, access, busyMs: 2_000, steps }));
      stores.push(store);
      return store;
    },
    writeAsFirstVersion: async (answered) =>
      inFile((database) =>
        database.exec(`INSERT INTO count (day, key, run, answered, failed, first, last, request_id)
          SELECT ${noon / 86_400_000 - 0.5}, key.id, run.id, ${answered}, 0, 43200000, 43200000, 'r' FROM key, run WHERE boot = 'old'
          ON CONFLICT (day, key, run) DO UPDATE SET answered = max(answered, excluded.answered)`),
      ),
    versions: async () =>
      inFile((database) =>
        database
          .prepare('SELECT version, oldest_user FROM step ORDER BY version')
          .all()
          .map((row) => ({ ...row })),
      ),
    adding: ['ALTER TABLE run ADD COLUMN note TEXT', 'CREATE TABLE other (id INTEGER PRIMARY KEY)'],
    failing: 'CREATE TABLE half (id INTEGER PRIMARY KEY); SELECT * FROM nowhere',
  };
}

async function makePostgres(context: TestContext): Promise<Place> {
  const server = await startPostgres();
  const url = await server.create();
  const stores: LedgerStore[] = [];
  context.after(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await server.stop();
  });
  const query = (sql: string) => server.query(databaseOf(url), sql);
  return {
    steps: postgresSteps,
    open: (steps, access = 'keep') => {
      const store = createPostgresStore(url, { steps, access });
      stores.push(store);
      return store;
    },
    writeAsFirstVersion: async (answered) =>
      void (await query(`INSERT INTO gateway_ledger.counts AS stored (day, key_id, run_id, answered, failed, first_at, last_at, request_id)
        SELECT '${day}', keys.id, runs.id, ${answered}, 0, to_timestamp(${noon / 1000}), to_timestamp(${noon / 1000}), 'r'
        FROM gateway_ledger.keys, gateway_ledger.runs WHERE boot = 'old'
        ON CONFLICT (day, key_id, run_id) DO UPDATE SET answered = GREATEST(stored.answered, excluded.answered)`)),
    versions: () => query('SELECT version, oldest_user FROM gateway_ledger.versions ORDER BY version'),
    adding: ['ALTER TABLE gateway_ledger.runs ADD COLUMN note text', 'CREATE TABLE gateway_ledger.other (id integer)'],
    failing: 'CREATE TABLE gateway_ledger.half (id integer); SELECT * FROM nowhere',
  };
}

/** Add steps to those of this version. */
function laterSteps(steps: readonly SchemaStep[], sql: readonly string[], oldestUser = 1): readonly SchemaStep[] {
  const added = sql.map((text, index) => ({
    version: steps.length + index + 1,
    oldestUser,
    adds: 'a test',
    sql: text,
  }));
  return [...steps, ...added];
}

const isSchemaError =
  (text: RegExp, code = 'ELEDGERSCHEMA') =>
  (error: unknown): true => {
    assert.ok(error instanceof LedgerStoreError, String(error));
    assert.deepEqual([error.code, error.isLasting], [code, true], error.message);
    assert.match(error.message, text);
    return true;
  };

const sumOf = async (store: LedgerStore): Promise<number> =>
  (await countsIn(store)).reduce((sum, { answered }) => sum + answered, 0);

test('the steps of each store are numbered from one, and the oldest user of a step never falls', () => {
  for (const steps of [sqliteSteps, postgresSteps]) {
    assert.deepEqual(
      steps.map(({ version }) => version),
      steps.map((_, index) => index + 1),
    );
    const oldest = steps.map(({ oldestUser }) => oldestUser);
    assert.deepEqual(
      oldest,
      oldest.toSorted((a, b) => a - b),
    );
    assert.deepEqual(missingSteps({ version: 0, oldestUser: 0 }, steps, 'x'), steps);
    assert.deepEqual(missingSteps({ version: steps.length, oldestUser: 1 }, steps, 'x'), []);
  }
  assert.equal(sqliteSteps.length, postgresSteps.length);
});

for (const { name, skip, make } of kinds) {
  test(
    `${name}: from the first version on, every step keeps what is stored, and adds the refused calls`,
    { skip },
    async (context) => {
      const place = await make(context);
      await place.open(place.steps).write(runOf('old'), [countOf(day, { answered: 1 })]);
      await place.writeAsFirstVersion(4);
      const store = place.open(place.steps);
      const refused = countOf('2026-03-02', { failed: 3, refused: 2 });
      await store.write(runOf('new'), [refused, countOf(day, { answered: 5, failed: 1, refused: 1 })]);
      await place.writeAsFirstVersion(6);
      assert.deepEqual(await countsIn(store), [countOf(day, { answered: 11, failed: 1, refused: 1 }), refused]);
    },
  );

  test(
    `${name}: a ledger of version 1 is brought up to date by several gateways at once, while older ones write`,
    { skip },
    async (context) => {
      const place = await make(context);
      const [first = assert.fail()] = place.steps;
      // Version 1 of the gateway has other statements: only opening it takes the step.
      await place.open([first]).keys(1);
      const isOlder = isSchemaError(new RegExp(`schema 1, needed is ${place.steps.length}:`), 'ELEDGEROLD');
      await assert.rejects(place.open(place.steps, 'read').runs(), isOlder);
      await assert.rejects(place.open(place.steps, 'change').forget('p1'), isOlder);
      await place.open([first]).forget('nobody');
      const newer = [1, 2, 3].map(() => place.open(place.steps));
      await Promise.all(
        newer.map((store, index) => store.write(runOf(index === 0 ? 'old' : `new-${index}`), [countOf(day)])),
      );
      await place.writeAsFirstVersion(7);
      assert.equal(await sumOf(place.open(place.steps, 'read')), 9);
      assert.deepEqual(
        await place.versions(),
        place.steps.map(({ version }) => ({ version, oldest_user: 1 })),
      );
    },
  );

  test(
    `${name}: an older gateway writes and reads beside newer ones, as long as their steps only add`,
    { skip },
    async (context) => {
      const place = await make(context);
      const older = place.open(place.steps);
      await older.write(runOf('older'), [countOf(day, { answered: 1 })]);
      const newer = place.open(laterSteps(place.steps, place.adding));
      await newer.write(runOf('newer'), [countOf(day, { answered: 2 })]);
      await older.write(runOf('older'), [countOf(day, { answered: 3 })]);
      assert.equal(await sumOf(older), 5);
      assert.equal(await sumOf(newer), 5);
      await place.open(place.steps).write(runOf('older again'), [countOf(day, { answered: 4 })]);
      assert.equal(await sumOf(place.open(place.steps, 'read')), 9);
    },
  );

  test(
    `${name}: an older gateway does not touch a schema that it cannot use, and says so, also if it has it open`,
    { skip },
    async (context) => {
      const place = await make(context);
      const older = place.open(place.steps);
      await older.write(runOf('older'), [countOf(day, { answered: 1 })]);
      const breaking = laterSteps(place.steps, place.adding.slice(0, 1), place.steps.length + 1);
      const newer = place.open(breaking);
      await newer.write(runOf('newer'), [countOf(day, { answered: 2 })]);
      const versions = await place.versions();
      for (const store of [
        older,
        place.open(place.steps),
        place.open(place.steps, 'read'),
        place.open(place.steps, 'change'),
      ]) {
        const known = place.steps.length;
        const refusal = isSchemaError(
          new RegExp(
            `newer gateway \\(schema ${known + 1}, for gateways that know ${known + 1}; this one knows ${known}\\): use that version`,
          ),
        );
        await assert.rejects(store.write(runOf('older'), [countOf(day, { answered: 9 })]), refusal);
        await assert.rejects(store.runs(), refusal);
        await assert.rejects(store.forget('p1'), refusal);
        await assert.rejects(store.trim('2026-06-01', '2026-06-01'), refusal);
      }
      assert.equal(await sumOf(newer), 3);
      assert.deepEqual(await place.versions(), versions);
    },
  );

  test(`${name}: a step that fails changes nothing, and the gateways before it go on`, { skip }, async (context) => {
    const place = await make(context);
    const older = place.open(place.steps);
    await older.write(runOf('older'), [countOf(day, { answered: 1 })]);
    const failing = place.open(laterSteps(place.steps, [place.failing]));
    await assert.rejects(failing.write(runOf('newer'), [countOf(day)]), LedgerStoreError);
    await assert.rejects(failing.write(runOf('newer'), [countOf(day)]), LedgerStoreError);
    await older.write(runOf('older'), [countOf(day, { answered: 2 })]);
    assert.equal(await sumOf(older), 2);
    // The name is free: the table of the failed step is gone.
    const repaired = place.open(laterSteps(place.steps, [place.failing.split(';')[0] ?? '']));
    await repaired.write(runOf('newer'), [countOf(day)]);
    assert.equal(await sumOf(repaired), 3);
  });
}
