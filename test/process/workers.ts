import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { call } from '../support/http.ts';
import { readPrometheus, type Sample } from '../promises/prometheus-text.ts';
import { startSlowCloud, type SlowCloud } from '../promises/slow-cloud.ts';
import { until } from '../support/in-time.ts';
import { serving, spawnGateway, type GatewayProcess } from './gateway-process.ts';

/** A gateway of two workers with its cloud. */
export interface Playing {
  readonly gateway: GatewayProcess;
  readonly cloud: SlowCloud;
  readonly url: string;
  readonly adminUrl: string;
  /** The pids of the workers that have served so far, by their ids. */
  readonly workers: () => ReadonlyMap<number, number>;
  /** Reads a metric, summed over its series. */
  readonly metric: (name: string, labels?: Readonly<Record<string, string>>) => Promise<number>;
  /** Gets the status of `/readyz`. */
  readonly readiness: () => Promise<number>;
}

/** Play with two workers in front of a cloud that answers after a delay between two numbers of milliseconds. */
export async function withWorkers(
  ms: readonly [number, number],
  settings: Readonly<Record<string, string>>,
  play: (playing: Playing) => Promise<void>,
): Promise<void> {
  const cloud = await startSlowCloud(ms);
  const gateway = spawnGateway(serving(cloud.url, { GATEWAY_WORKERS: '2', ...settings }));
  const workers = (): ReadonlyMap<number, number> =>
    new Map(
      gateway
        .lines()
        .filter(({ message }) => message === 'worker serves')
        .map(({ worker, pid }) => [Number(worker), Number(pid)]),
    );
  try {
    const { url, adminUrl } = await gateway.ready();
    const samples = async (): Promise<readonly Sample[]> => {
      const { status, body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
      assert.equal(status, 200);
      return [...readPrometheus(body).values()].flatMap((family) => family.samples);
    };
    await play({
      gateway,
      cloud,
      url,
      adminUrl,
      workers,
      metric: async (name, labels = {}) =>
        (await samples())
          .filter(
            (sample) =>
              sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
          )
          .reduce((sum, { value }) => sum + value, 0),
      readiness: async () => (await call(adminUrl, { method: 'GET', path: '/readyz' })).status,
    });
  } finally {
    gateway.kill();
    // Workers without a primary drain first, and keep its pipes open until then.
    for (const pid of workers().values()) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await gateway.ended();
    await cloud.stop();
  }
}

/** Resolve when a process has ended. */
export function gone(pid: number): Promise<void> {
  return until(() => !isAlive(pid), `process ${pid} has not ended`);
}

/** Tell whether a process runs; a zombie, which has ended and was not waited for, does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || !readFileSync(stat, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
