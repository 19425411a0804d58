import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import { serving, spawnGateway } from '../process/gateway-process.ts';
import { call } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { ask, type Line, type Seen } from './chaos-caller.ts';
import { startChaosCloud } from './chaos-cloud.ts';
import { judge, outcomeOf } from './chaos-judge.ts';
import { planOf, type Plan } from './chaos-plan.ts';

export const seed = Number(process.env['CHAOS_SEED'] ?? 20_140_417);
export const exchanges = Number(process.env['CHAOS_EXCHANGES'] ?? 1500);
const callers = 48;

const settings = {
  GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: '400',
  GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '500',
  GATEWAY_UPSTREAM_CONNECTIONS: '10',
  GATEWAY_EXCHANGES_TIMEOUT_MS: '4000',
};
/** Counts outcomes by row and column. */
class Table {
  readonly #rows = new Map<string, Map<string, number>>();

  add(row: string, column: string): void {
    const cells = this.#rows.get(row) ?? new Map<string, number>();
    this.#rows.set(row, cells.set(column, (cells.get(column) ?? 0) + 1));
  }

  has(row: string): boolean {
    return this.#rows.has(row);
  }

  text(): string {
    return [...this.#rows]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(
        ([row, cells]) =>
          `${row.padEnd(40)} ${[...cells]
            .toSorted(([a], [b]) => a.localeCompare(b))
            .map(([name, n]) => `${name}: ${n}`)
            .join(', ')}`,
      )
      .join('\n');
  }
}

/** Read the exchanges in flight, the timers and the sockets of the process from its metrics. */
async function held(adminUrl: string): Promise<Record<string, number>> {
  const { body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
  const lines = body.matchAll(
    /^(gateway_in_flight|nodejs_active_resources\{type="(?:Timeout|TCPSocketWrap)"\}) (\d+)$/gm,
  );
  return Object.fromEntries([...lines].map(([, name = '', value]) => [name, Number(value)]));
}

/**
 * Play exchanges with a cloud and callers that break at random, and judge each of them.
 * @param boundOf the longest that an exchange may take, in milliseconds
 */
export async function playChaos(context: TestContext, boundOf: (plan: Plan) => number): Promise<void> {
  const plan = (number: number): ReturnType<typeof planOf> => planOf(seed, number);
  const cloud = await startChaosCloud(seed, plan);
  const gateway = spawnGateway(serving(cloud.url, settings));
  const table = new Table();
  const times = new Table();
  const wrong: string[] = [];
  const outcomes: { planned: Plan; seen: Seen }[] = [];
  try {
    const { url, adminUrl } = await gateway.ready();
    const before = await held(adminUrl);
    let next = 0;
    const startedAt = performance.now();
    const work = async (): Promise<void> => {
      const line: Line = { socket: undefined, received: Buffer.alloc(0) };
      for (let number = next++; number < exchanges; number = next++) {
        const planned = plan(number);
        if (planned.refuses) cloud.refuse(15);
        outcomes.push({ planned, seen: await ask(url, line, planned) });
      }
      line.socket?.destroy();
    };
    await Promise.all(Array.from({ length: callers }, work));
    const seconds = (performance.now() - startedAt) / 1000;
    context.diagnostic(`seed ${seed}: ${exchanges} exchanges in ${seconds.toFixed(1)} s`);

    // Wait, so that a request that is sent after its caller's answer is seen as well.
    await sleep(1500);
    for (const { planned, seen } of outcomes) {
      const { number, call: asked, behaviour, hangUp } = planned;
      const sightings = cloud.seen.get(number) ?? [];
      const own = sightings.filter(({ method }) => method === asked.method);
      table.add(behaviour, outcomeOf(seen));
      times.add(outcomeOf(seen), `${own.length} times${own[0]?.isWhole === false ? ', in part' : ''}`);
      for (const promise of judge(planned, seen, sightings, boundOf(planned)))
        wrong.push(`#${number} ${asked.name} (${asked.medium}); ${behaviour}; hangs up ${hangUp}: ${promise}`);
    }
    for (const line of [table.text(), '', 'the cloud saw it', times.text()].join('\n').split('\n'))
      context.diagnostic(line);
    for (const what of ['2xx', '502', '503', '504', 'broken', 'hung up']) assert.ok(times.has(what), `never ${what}`);
    await cloud.stop();
    assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} promises were broken; CHAOS_SEED=${seed}`);
    assert.deepEqual(cloud.strange.slice(0, 5), []);
    const internal = gateway.lines().filter(({ level }) => level === 'error');
    assert.deepEqual(internal.slice(0, 5), [], 'errors in the log');
    await until(
      async () => {
        const after = await held(adminUrl);
        return Object.entries(after).every(([name, count]) => count <= (before[name] ?? 0) + 1);
      },
      `more is held than ${JSON.stringify(before)}`,
    );
    gateway.child.kill('SIGTERM');
    assert.equal(await gateway.ended(), 0);
    assert.equal(gateway.lines().at(-1)?.['isInTime'], true);
    assert.equal(gateway.stderr().slice(0, 500), '');
  } finally {
    gateway.kill();
    await gateway.ended();
    await cloud.stop();
  }
}
