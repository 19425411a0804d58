// Protects the ledger of a fleet: nothing is counted twice, what a killed gateway lost is told, and no request notices the database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serving, spawnGateway, type GatewayProcess } from '../process/gateway-process.ts';
import { startSlowCloud, type SlowCloud } from '../promises/slow-cloud.ts';
import { until } from '../support/in-time.ts';
import { startCountingLoad, type CountingLoad } from './counting-load.ts';
import { databaseOf, databasePassword, startPostgres, whyNoPostgres, type RealPostgres } from './start-postgres.ts';

const skip = whyNoPostgres();
let server: RealPostgres;
let cloud: SlowCloud;

before(async () => {
  if (skip !== false) return;
  server = await startPostgres();
  cloud = await startSlowCloud([0, 2]);
});
after(async () => {
  if (skip !== false) return;
  await cloud.stop();
  await server.stop();
});

const intervalMs = 200;
const reason = 'xml-request';

/** The counts of one run in the database: of its calls with XML. */
interface StoredRun {
  readonly boot: string;
  readonly isClosed: boolean;
  readonly storedAt: number;
  readonly startedAt: number;
  readonly answered: number;
  readonly failed: number;
}

/** Read the runs of an instance, in the order of their starts. */
async function runsOf(url: string, instance: string): Promise<readonly StoredRun[]> {
  const rows = await server.query(
    databaseOf(url),
    `SELECT boot, is_closed AS "isClosed", extract(epoch FROM stored_at)::float8 * 1000 AS "storedAt",
            extract(epoch FROM started_at)::float8 * 1000 AS "startedAt",
            coalesce(sum(answered) FILTER (WHERE reason = '${reason}'), 0)::float8 AS answered,
            coalesce(sum(failed) FILTER (WHERE reason = '${reason}'), 0)::float8 AS failed
     FROM gateway_ledger.runs LEFT JOIN gateway_ledger.counts ON run_id = runs.id LEFT JOIN gateway_ledger.keys ON keys.id = key_id
     WHERE instance = '${instance}' GROUP BY runs.id ORDER BY runs.started_at`,
  );
  // The columns of the statement are the members.
  return rows as unknown as StoredRun[];
}

async function storedBy(url: string, instance: string): Promise<number> {
  const runs = await runsOf(url, instance).catch(() => []);
  return runs.reduce((sum, { answered, failed }) => sum + answered + failed, 0);
}

function spawnMember(store: string, instance: string, settings: Readonly<Record<string, string>> = {}): GatewayProcess {
  return spawnGateway(
    serving(cloud.url, {
      GATEWAY_LEDGER_STORE: store,
      GATEWAY_LEDGER_INTERVAL_MS: String(intervalMs),
      GATEWAY_LEDGER_INSTANCE: instance,
      ...settings,
    }),
  );
}

/** End a gateway in order. @throws if it does not end */
async function endInOrder(gateway: GatewayProcess): Promise<void> {
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.ended(), 0, gateway.stdout());
}

/** No line of the log and no error has the password. */
function assertSecret(...gateways: readonly GatewayProcess[]): void {
  for (const gateway of gateways) {
    const all = `${gateway.stdout()}${gateway.stderr()}`;
    for (const secret of [databasePassword, encodeURIComponent(databasePassword)])
      assert.ok(!all.includes(secret), all);
  }
}

/** A gateway that was killed under load: what its callers sent, and what the database has of it for ever. */
interface Killed {
  readonly sent: number;
  readonly run: StoredRun;
}

/** Kill a gateway in the middle of its load, and wait for the end of what it was storing. */
async function kill(gateway: GatewayProcess | undefined, load: CountingLoad, url: string): Promise<Killed> {
  gateway?.kill();
  await gateway?.ended();
  const killedAt = Date.now();
  await load.stop();
  // A transaction that was on its way is committed or rolled back when its connection is gone.
  const connected = `SELECT FROM pg_stat_activity WHERE datname = '${databaseOf(url)}' AND application_name = 'killed'`;
  await until(async () => (await server.query('postgres', connected)).length === 0, 'still connected');
  const [run = assert.fail(), ...more] = await runsOf(url, 'a');
  assert.deepEqual(more, []);
  assert.ok(run.answered + run.failed > 100 && run.answered + run.failed <= load.sent);
  assert.equal(run.isClosed, false);
  assert.ok(run.storedAt <= killedAt && run.storedAt > run.startedAt);
  return { sent: load.sent, run };
}

/** Expect that the log of a start names the run that was killed. */
async function assertGapTold(gateway: GatewayProcess, { run }: Killed): Promise<void> {
  await gateway.logged('ledger has a gap');
  const { instance, since, boot } = gateway.lines().find(({ message }) => message === 'ledger has a gap') ?? {};
  assert.deepEqual([instance, Date.parse(String(since)), boot], ['a', Math.round(run.storedAt), run.boot]);
}

/** Expect the last run of an instance to have stored each exchange of a load once, after those that are given. */
async function assertStored(
  url: string,
  instance: string,
  load: CountingLoad,
  before: readonly StoredRun[] = [],
): Promise<void> {
  assert.deepEqual(load.failures, []);
  const runs = await runsOf(url, instance);
  assert.deepEqual(runs.slice(0, -1), before);
  const last = runs.at(-1);
  assert.deepEqual([last?.answered, last?.failed, last?.isClosed], [load.answered, 0, true]);
}

test('of three gateways one is killed: nothing is counted twice, and what it lost is told', { skip }, async () => {
  const url = await server.create();
  const gateways = [spawnMember(`${url}?application_name=killed`, 'a'), spawnMember(url, 'b'), spawnMember(url, 'c')];
  const loads: CountingLoad[] = [];
  const startLoad = async (gateway: GatewayProcess | undefined, userAgent: string): Promise<CountingLoad> => {
    const load = startCountingLoad((await gateway?.ready())?.url ?? '', userAgent, 4);
    loads.push(load);
    return load;
  };
  try {
    const [first, second, third] = gateways;
    const [a, b, c] = [
      await startLoad(first, 'load-a'),
      await startLoad(second, 'load-b'),
      await startLoad(third, 'load-c'),
    ];
    for (const name of ['a', 'b', 'c'])
      await until(async () => (await storedBy(url, name)) > 100, `${name} stores nothing`);
    const killed = await kill(first, a, url);

    const again = spawnMember(url, 'a');
    gateways.push(again);
    const after = await startLoad(again, 'load-a');
    await assertGapTold(again, killed);
    await until(async () => (await runsOf(url, 'a')).length === 2 && after.answered > 200, 'no second run');
    for (const load of loads) await load.stop();
    for (const gateway of gateways.slice(1)) await endInOrder(gateway);

    await assertStored(url, 'b', b);
    await assertStored(url, 'c', c);
    await assertStored(url, 'a', after, [killed.run]);
    for (const gateway of gateways.slice(1, 3)) assert.ok(!gateway.stdout().includes('ledger has a gap'));
    // A report reads the sum of both runs, which must not exceed the calls that were sent.
    const sum = `SELECT sum(answered + failed)::float8 AS sum FROM gateway_ledger.days WHERE agent = 'load-a' AND reason = '${reason}'`;
    const [seen] = await server.query(databaseOf(url), sum);
    assert.equal(seen?.['sum'], killed.run.answered + killed.run.failed + after.answered);
    assert.ok(killed.run.answered + killed.run.failed + after.answered <= killed.sent + after.sent);
    assertSecret(...gateways);
  } finally {
    for (const load of loads) await load.stop();
    for (const gateway of gateways) gateway.kill();
  }
});

test(
  'a database that is pulled away, or hangs, under load: no exchange fails or waits, and all is caught up',
  { skip },
  async (context) => {
    const url = await server.create();
    const gateway = spawnMember(url, 'alone');
    const { url: gatewayUrl } = await gateway.ready();
    const load = startCountingLoad(gatewayUrl, 'load-alone', 8);
    const isCaughtUp = async (target: number): Promise<void> =>
      until(async () => (await storedBy(url, 'alone')) >= target, 'not caught up');
    /** Let some hundreds of exchanges pass. */
    const pass = async (): Promise<number> => {
      // Those that are on their way may have waited for this process, which has looked for a line of the log.
      const soon = load.answered + 16;
      await until(() => load.answered >= soon, 'no exchanges');
      load.slowest();
      const target = load.answered + 600;
      const from = performance.now();
      // Long enough for some attempts to store.
      await until(() => load.answered >= target && performance.now() - from > 6 * intervalMs, 'no exchanges');
      return load.slowest();
    };
    try {
      await isCaughtUp(300);
      load.slowest();
      const slowest: Record<string, number> = { here: await pass() };

      await server.kill();
      await gateway.logged('ledger not stored');
      slowest['killed'] = await pass();
      await server.start();
      await gateway.logged('ledger stored again');
      await isCaughtUp(load.answered);

      load.slowest();
      server.freeze();
      slowest['hanging'] = await pass();
      // The connection limit of 5 s passes, and some exchanges after it.
      await gateway.logged('ledger not stored', 2);
      slowest['hanging long'] = await pass();
      server.thaw();
      await gateway.logged('ledger stored again', 2);
      await isCaughtUp(load.answered);

      await load.stop();
      await endInOrder(gateway);
      assert.deepEqual(load.failures, []);
      await assertStored(url, 'alone', load);
      context.diagnostic(`slowest exchanges in ms: ${JSON.stringify(slowest)}`);
      // An exchange that waited for the database would wait for one of its limits, of which 5 s is the shortest.
      for (const [when, ms] of Object.entries(slowest)) assert.ok(ms < 4_000, `${when}: ${ms} ms`);
      assertSecret(gateway);
    } finally {
      server.thaw();
      await load.stop();
      gateway.kill();
    }
  },
);

test('a gateway starts and ends while its database is away, or hangs', { skip }, async () => {
  const url = await server.create();
  for (const [away, back] of [
    [() => server.kill(), () => server.start()],
    [() => server.freeze(), () => server.thaw()],
  ] as const) {
    await away();
    const gateway = spawnMember(url, 'patient');
    try {
      await gateway.ready();
      await gateway.logged('ledger not stored');
      await endInOrder(gateway);
      await gateway.logged('ledger not stored at the end');
      assertSecret(gateway);
    } finally {
      gateway.kill();
      await back();
    }
  }
});

test('a gateway whose port is in use ends, whatever it has stored', { skip }, async () => {
  const url = await server.create();
  const first = spawnMember(url, 'first');
  try {
    const { port } = new URL((await first.ready()).url);
    await until(async () => (await runsOf(url, 'first').catch(() => [])).length === 1, 'no run');
    for (const workers of ['1', '2']) {
      const second = spawnMember(url, 'second', { GATEWAY_PORT: port, GATEWAY_WORKERS: workers });
      assert.notEqual(await second.ended(), 0);
    }
    assert.ok((await runsOf(url, 'second')).every(({ isClosed }) => isClosed));
    await endInOrder(first);
  } finally {
    first.kill();
  }
});

test('two workers of one gateway store through their primary, and each exchange once', { skip }, async () => {
  const url = await server.create();
  const gateway = spawnMember(url, 'both', { GATEWAY_WORKERS: '2' });
  let load: CountingLoad | undefined;
  try {
    const { url: gatewayUrl } = await gateway.ready();
    load = startCountingLoad(gatewayUrl, 'load-both', 8);
    await until(async () => (await storedBy(url, 'both')) > 300, 'nothing is stored');
    await load.stop();
    await endInOrder(gateway);
    const runs = await runsOf(url, 'both');
    assert.equal(
      runs.reduce((sum, { answered }) => sum + answered, 0),
      load.answered,
    );
    assert.ok(runs.every(({ isClosed }) => isClosed));
  } finally {
    await load?.stop();
    gateway.kill();
  }
});
