import { startCloud, type BenchCloud } from '../cloud/bench-cloud.ts';
import { nginxVersion } from '../processes/nginx.ts';
import { probe } from '../workloads/probe.ts';
import type { Workload } from '../workloads/workload.ts';
import type { BenchGateway } from '../gateways/bench-gateway.ts';
import { chooseGenerator } from '../load/choose-generator.ts';
import type { Generator, LoadResult } from '../load/generator.ts';
import { costsOf } from '../processes/process-costs.ts';
import { chooseCores, describeMachine, type Cores } from '../processes/machine.ts';

/** What all measurements share: the cloud, the load generator, and where everything runs. */
export interface Rig {
  readonly cloud: BenchCloud;
  readonly generator: Generator;
  readonly cores: Cores;
  readonly hasNginx: boolean;
  /** What results depend on: those of another rig are not compared. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What one run of the generator showed. */
export interface Measured extends LoadResult {
  /** Microseconds of processor a request, of the gateway; undefined where there is none or the system does not tell. */
  readonly cpu: number | undefined;
  /** Megabytes, at the end. */
  readonly rss: number | undefined;
}

/** Chooses and starts what there is. */
export async function startRig(): Promise<Rig> {
  const cores = chooseCores();
  const generator = chooseGenerator();
  const cloud = await startCloud(cores);
  const facts = {
    ...describeMachine(),
    generator: generator.name,
    cloud: cloud.name,
    pinned: cores.gateway === undefined ? 'no' : `gateway on ${cores.gateway}, loader and cloud on ${cores.others}`,
  };
  return { cloud, generator, cores, hasNginx: nginxVersion() !== undefined, facts };
}

/** What is loaded: a gateway, or the cloud itself. */
export type Target = Pick<BenchGateway, 'url' | 'clearLog'> & { readonly pid: number | undefined };

/**
 * Loads a target for so many seconds.
 * @throws {Error} where any answer is wrong, before, under and after the load
 */
export async function measure(
  { generator, cores }: Rig,
  target: Target,
  exchange: Workload,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<Measured> {
  const { url, pid, clearLog } = target;
  await probe(url, exchange);
  const costs = () => (pid === undefined ? undefined : costsOf(pid));
  const before = costs();
  const seen = await generator.run({ url, exchange, connections, seconds }, cores.others);
  const after = costs();
  await probe(url, exchange);
  clearLog();
  return {
    ...seen,
    cpu: before && after && ((after.cpuSeconds - before.cpuSeconds) / seen.requests) * 1e6,
    rss: after?.rssMegabytes,
  };
}
