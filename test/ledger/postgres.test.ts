import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createPostgresStore, type PostgresOptions } from '../../src/ledger/postgres/postgres-store.ts';
import { postgresSteps } from '../../src/ledger/postgres/schema.ts';
import { LedgerStoreError } from '../../src/ledger/store-error.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { until } from '../support/in-time.ts';
import { aCount, aRun } from './some-counts.ts';
import { testStore } from './store-contract.ts';
import { databaseOf, databasePassword, startPostgres, whyNoPostgres, type RealPostgres } from './start-postgres.ts';

const skip = whyNoPostgres();
let server: RealPostgres;

before(async () => {
  if (skip === false) server = await startPostgres();
});
after(async () => {
  if (skip === false) await server.stop();
});

/** Short enough for a test, long enough for a busy machine. */
const limits = { connectMs: 4_000, workMs: 4_000, waitMs: 6_000, idleMs: 60_000 };
/** For a server that does not answer, where a test waits for the end of the limits. */
const shortLimits = { connectMs: 400, workMs: 400, waitMs: 600, idleMs: 60_000 };

const opened = new Set<LedgerStore>();
after(async () => {
  await Promise.all([...opened].map((store) => store.close()));
});

function storeAt(url: string, options: Partial<PostgresOptions> = {}): LedgerStore {
  const store = createPostgresStore(url, { limits, ...options });
  opened.add(store);
  return store;
}

/** Expect an error of a code, whose message has no part of the password, the key or the request. */
function refusal(code: string, isLasting: boolean) {
  return (error: unknown): true => {
    assert.ok(error instanceof LedgerStoreError, String(error));
    assert.equal(error.code, code, error.message);
    assert.equal(error.isLasting, isLasting, error.message);
    assert.match(error.message, new RegExp(`^the ledger's database: .+ \\(${code}\\)$`));
    const all = `${error.message} ${error.stack} ${JSON.stringify(error)}`;
    for (const secret of [databasePassword, encodeURIComponent(databasePassword), 'client/1', 'project-1', 'req-1'])
      assert.ok(!all.includes(secret), all);
    assert.equal(error.cause, undefined);
    return true;
  };
}

async function answeredAt(store: LedgerStore): Promise<number> {
  let sum = 0;
  for await (const { answered } of store.read('2026-01-01')) sum += answered;
  return sum;
}

if (skip === false)
  testStore('the store in PostgreSQL', async () => createPostgresStore(await server.create(), { limits }), {
    numRuns: 10,
  });

test('gateways that start together create one schema, and none of them fails', { skip }, async () => {
  const url = await server.create();
  const stores = Array.from({ length: 6 }, () => storeAt(url));
  await Promise.all(stores.map((store, index) => store.write(aRun(`run-${index}`), [aCount(index), aCount(7)])));
  const [store] = stores;
  assert.ok(store);
  assert.equal(await answeredAt(store), 12);
  assert.equal((await store.runs()).length, 6);
  const versions = await server.query(
    databaseOf(url),
    'SELECT version, oldest_user FROM gateway_ledger.versions ORDER BY version',
  );
  assert.deepEqual(
    versions,
    postgresSteps.map(({ version }) => ({ version, oldest_user: 1 })),
  );
});

test('a store whose database is not there yet is made at once, and connects when it is', { skip }, async () => {
  const url = await server.create();
  await server.query('postgres', `DROP DATABASE ${databaseOf(url)}`);
  const store = storeAt(url);
  await assert.rejects(store.write(aRun('run'), [aCount(1)]), refusal('3D000', true));
  await server.query('postgres', `CREATE DATABASE ${databaseOf(url)} OWNER gateway`);
  await store.write(aRun('run'), [aCount(1)]);
  assert.equal(await answeredAt(store), 1);
});

test(
  'a database that is killed refuses at once; when it is back the next call stores everything, once',
  { skip },
  async () => {
    const url = await server.create();
    const store = storeAt(url);
    await store.write(aRun('run'), [aCount(1, 3)]);
    await server.kill();
    await assert.rejects(store.write(aRun('run'), [aCount(1, 5)]), LedgerStoreError);
    await assert.rejects(store.write(aRun('run'), [aCount(1, 5)]), refusal('ECONNREFUSED', false));
    await assert.rejects(store.runs(), refusal('ECONNREFUSED', false));
    await server.start();
    await store.write(aRun('run'), [aCount(1, 5)]);
    await store.write(aRun('run'), [aCount(1, 5)]);
    assert.equal(await answeredAt(store), 5);
  },
);

test(
  'a connection that the database cuts while it is idle ends nothing, and the next call opens another',
  { skip },
  async () => {
    const url = await server.create();
    const store = storeAt(url);
    await store.write(aRun('run'), [aCount(1)]);
    const sessions = `FROM pg_stat_activity WHERE datname = '${databaseOf(url)}'`;
    await server.query('postgres', `SELECT pg_terminate_backend(pid) ${sessions}`);
    await until(async () => (await server.query('postgres', `SELECT 1 ${sessions}`)).length === 0, 'still connected');
    await store.write(aRun('run'), [aCount(1, 2)]).catch(() => store.write(aRun('run'), [aCount(1, 2)]));
    assert.equal(await answeredAt(store), 2);
  },
);

test('a write that is cut in the middle stores nothing, and its repetition stores it once', { skip }, async () => {
  const url = await server.create();
  const store = storeAt(url);
  await store.write(aRun('run'), [aCount(1)]);
  // A lock on the counts holds the write after its run and its keys are written.
  const locked = server.query(
    databaseOf(url),
    'BEGIN; LOCK TABLE gateway_ledger.counts IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(60); COMMIT',
  );
  const isWaiting = `FROM pg_stat_activity WHERE datname = '${databaseOf(url)}' AND usename = 'gateway' AND wait_event_type = 'Lock'`;
  const isHolding = `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND wait_event = 'PgSleep'`;
  await until(async () => (await server.query('postgres', isHolding)).length === 1, 'no lock');
  const cut = assert.rejects(
    store.write(aRun('run', { others: 9 }), [aCount(1, 4), aCount(2)]),
    refusal('57P01', false),
  );
  await until(async () => (await server.query('postgres', `SELECT 1 ${isWaiting}`)).length === 1, 'no write');
  await server.query('postgres', `SELECT pg_terminate_backend(pid) ${isWaiting}`);
  await cut;
  const ended = assert.rejects(locked);
  await server.query(
    'postgres',
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'BEGIN; LOCK%'`,
  );
  await ended;
  assert.equal(await answeredAt(store), 1);
  assert.deepEqual(
    (await store.runs()).map(({ others }) => others),
    [0],
  );
  assert.equal((await store.keys(9)).length, 1);
  await store.write(aRun('run', { others: 9 }), [aCount(1, 4), aCount(2)]);
  assert.equal(await answeredAt(store), 5);
});

test('a lock that is not released ends the write within its time', { skip }, async () => {
  const url = await server.create();
  await storeAt(url).write(aRun('run'), [aCount(1)]);
  const store = storeAt(url, { limits: shortLimits });
  const locked = server.query(databaseOf(url), 'BEGIN; LOCK TABLE gateway_ledger.keys; SELECT pg_sleep(60); COMMIT');
  const isHolding = `FROM pg_stat_activity WHERE query LIKE '%keys; SELECT pg_sleep(60)%' AND wait_event = 'PgSleep'`;
  await until(async () => (await server.query('postgres', `SELECT 1 ${isHolding}`)).length === 1, 'no lock');
  await assert.rejects(store.write(aRun('run'), [aCount(1, 2)]), (error: LedgerStoreError) =>
    // The database and the gateway have the same limit, and either may be first.
    ['ETIMEDOUT', '57014', '55P03'].includes(error.code),
  );
  const ended = assert.rejects(locked);
  await server.query('postgres', `SELECT pg_terminate_backend(pid) ${isHolding}`);
  await ended;
  await storeAt(url).write(aRun('run'), [aCount(1, 2)]);
});

test(
  'a database that hangs ends each call within its time, also those that wait for their turn',
  { skip },
  async () => {
    const url = await server.create();
    const [store, fresh] = [storeAt(url, { limits: shortLimits }), storeAt(url, { limits: shortLimits })];
    // The first connection of a server takes longer than the others.
    await storeAt(url).write(aRun('run'), [aCount(1)]);
    await until(
      () =>
        store.write(aRun('run'), [aCount(1)]).then(
          () => true,
          () => false,
        ),
      'no write',
    );
    server.freeze();
    try {
      const calls = [
        store.write(aRun('run'), [aCount(1, 2)]),
        store.write(aRun('run'), []),
        store.trim('2026-01-01', '2026-01-01'),
        store.runs(),
        fresh.runs(),
      ];
      const results = await Promise.allSettled(calls);
      for (const result of results) {
        assert.ok(result.status === 'rejected' && result.reason instanceof LedgerStoreError);
        assert.ok(['ETIMEDOUT', 'EBUSY'].includes(result.reason.code), result.reason.message);
      }
    } finally {
      server.thaw();
    }
    await until(
      () =>
        store.write(aRun('run'), [aCount(1, 2)]).then(
          () => true,
          () => false,
        ),
      'no write',
    );
    assert.equal(await answeredAt(storeAt(url)), 2);
  },
);

test('a hanging database does not hold the end of a gateway', { skip }, async () => {
  const url = await server.create();
  await storeAt(url).write(aRun('run'), [aCount(1)]);
  const store = createPostgresStore(url, { limits: { ...limits, connectMs: 500 } });
  await until(
    () =>
      store.write(aRun('run'), [aCount(1)]).then(
        () => true,
        () => false,
      ),
    'no write',
  );
  server.freeze();
  try {
    await store.close();
  } finally {
    server.thaw();
  }
  await assert.rejects(store.write(aRun('run'), []), refusal('ECLOSED', false));
});

test('a database that is set to read only is said so, and stays so', { skip }, async () => {
  const url = await server.create();
  await storeAt(url).write(aRun('run'), [aCount(1)]);
  await server.query('postgres', `ALTER DATABASE ${databaseOf(url)} SET default_transaction_read_only = on`);
  const store = storeAt(url);
  await assert.rejects(store.write(aRun('run'), [aCount(1, 2)]), refusal('25006', true));
  assert.equal(await answeredAt(store), 1);
  await server.query('postgres', `ALTER DATABASE ${databaseOf(url)} RESET default_transaction_read_only`);
  await store.write(aRun('run'), [aCount(1, 2)]);
});

test('a database without space is said so, and what it missed is stored later', { skip }, async () => {
  const url = await server.create();
  const store = storeAt(url);
  await store.write(aRun('run'), [aCount(1)]);
  const full = `CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file', DETAIL = NEW.request_id; END $$;
    CREATE TRIGGER no_space BEFORE INSERT OR UPDATE ON gateway_ledger.counts FOR EACH ROW EXECUTE FUNCTION no_space()`;
  await server.query(databaseOf(url), full);
  await assert.rejects(store.write(aRun('run'), [aCount(1, 2)]), refusal('53100', false));
  await server.query(databaseOf(url), 'DROP TRIGGER no_space ON gateway_ledger.counts');
  await store.write(aRun('run'), [aCount(1, 2)]);
  assert.equal(await answeredAt(store), 2);
});

test(
  'a user without rights, a wrong password and an unknown user are said so without the password',
  { skip },
  async () => {
    const url = await server.create();
    await server.query('postgres', `ALTER DATABASE ${databaseOf(url)} OWNER TO postgres`);
    await assert.rejects(storeAt(url).write(aRun('run'), [aCount(1)]), refusal('42501', true));
    await assert.rejects(storeAt(url.replace('gateway:', 'gateway:x')).runs(), refusal('28P01', true));
    await assert.rejects(storeAt(url.replace('gateway:', 'nobody:')).runs(), refusal('28P01', true));
    const withoutPassword = url.replace(/:[^:@]+@/, '@');
    process.env['PGPASSWORD'] = databasePassword;
    try {
      await assert.rejects(
        storeAt(withoutPassword).runs(),
        (error: LedgerStoreError) => error instanceof LedgerStoreError,
      );
    } finally {
      delete process.env['PGPASSWORD'];
    }
  },
);

test('a schema that an administrator made for the user needs no right on the database', { skip }, async () => {
  const url = await server.create();
  await server.query('postgres', `ALTER DATABASE ${databaseOf(url)} OWNER TO postgres`);
  await server.query(databaseOf(url), 'CREATE SCHEMA gateway_ledger AUTHORIZATION gateway');
  const store = storeAt(url);
  await store.write(aRun('run'), [aCount(1)]);
  assert.equal(await answeredAt(store), 1);
});

test(
  'a report reads with a user that may only read, and creates nothing in a database without a ledger',
  { skip },
  async () => {
    const url = await server.create();
    const reader = url.replace('gateway:', 'reader:');
    await server.query('postgres', `CREATE ROLE reader LOGIN PASSWORD '${databasePassword}'`);
    for (const access of ['read', 'change'] as const) {
      await assert.rejects(storeAt(reader, { access }).runs(), refusal('ELEDGEROLD', true));
      await assert.rejects(storeAt(url, { access }).forget('project-1'), refusal('ELEDGEROLD', true));
    }
    await storeAt(url).write(aRun('run'), [aCount(1)]);
    await assert.rejects(storeAt(reader, { access: 'read' }).runs(), refusal('42501', true));
    await server.query(
      databaseOf(url),
      'GRANT USAGE ON SCHEMA gateway_ledger TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA gateway_ledger TO reader',
    );
    assert.equal(await answeredAt(storeAt(reader, { access: 'read' })), 1);
    await assert.rejects(storeAt(reader, { access: 'change' }).forget('project-1'), refusal('42501', true));
    assert.equal(await storeAt(url, { access: 'change' }).forget('project-1'), 1);
  },
);

test('a database of another encoding is refused before anything is created', { skip }, async () => {
  const url = await server.create();
  const name = databaseOf(url);
  await server.query('postgres', `DROP DATABASE ${name}`);
  await server.query('postgres', `CREATE DATABASE ${name} OWNER gateway ENCODING LATIN1 LOCALE 'C' TEMPLATE template0`);
  await assert.rejects(storeAt(url).write(aRun('run'), [aCount(1)]), refusal('ELEDGERENCODING', true));
  assert.deepEqual(await server.query(name, `SELECT 1 FROM pg_namespace WHERE nspname = 'gateway_ledger'`), []);
});

test('a connection is closed soon after its work, and there are at most two', { skip }, async () => {
  const url = await server.create();
  const store = storeAt(url, { limits: { ...limits, idleMs: 50 } });
  const connected = async () =>
    (await server.query('postgres', `SELECT 1 FROM pg_stat_activity WHERE datname = '${databaseOf(url)}'`)).length;
  await store.write(aRun('run'), [aCount(1)]);
  const calls = Array.from({ length: 40 }, (_, index) => [store.write(aRun('run'), [aCount(index)]), store.runs()]);
  const done = Promise.all(calls.flat()).then(() => 'done');
  let most = 0;
  while ((await Promise.race([done, connected()])) !== 'done') most = Math.max(most, await connected());
  assert.ok(most <= 2, `${most} connections`);
  await until(async () => (await connected()) === 0, 'still connected');
  await store.write(aRun('run'), [aCount(1, 2)]);
});

test('what PostgreSQL cannot store, or an index cannot hold, holds up nothing else', { skip }, async () => {
  const store = storeAt(await server.create());
  const odd = { ...aCount(1), requestId: 'a\0b\uD800' };
  const long = { ...aCount(2), key: { ...aCount(2).key, agent: '😀'.repeat(5_000), reason: '\0'.repeat(5_000) } };
  await store.write(aRun('run\0'), [odd, long, aCount(3)]);
  await store.write(aRun('run\0'), [odd, long, aCount(3)]);
  assert.equal(await answeredAt(store), 3);
  assert.equal((await store.runs()).length, 1);
});
