import type { BenchCloud } from '../cloud/bench-cloud.ts';
import { startCloud } from '../cloud/start-cloud.ts';
import type { BenchGateway } from '../gateways/bench-gateway.ts';
import { chooseGenerator } from '../load/choose-generator.ts';
import type { Generator, LoadResult } from '../load/generator.ts';
import { chooseCores, describeMachine, type Cores } from '../processes/machine.ts';
import { nginxVersion } from '../processes/nginx.ts';
import { costsOf } from '../processes/process-costs.ts';
import { probe } from '../workloads/probe.ts';
import type { Workload } from '../workloads/workload.ts';

/** The parts that all measurements share: the cloud, the load generator and the assignment of cores. */
export interface Rig {
  readonly cloud: BenchCloud;
  readonly generator: Generator;
  readonly cores: Cores;
  readonly hasNginx: boolean;
  /** The conditions of the results; results with other conditions are not compared. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** The result of one run of the load generator. */
export interface Measured extends LoadResult {
  /** The gateway's microseconds of processor time per request; undefined if unknown. */
  readonly cpu: number | undefined;
  /** Resident megabytes at the end of the run. */
  readonly rss: number | undefined;
}

/** Select the load generator, the cloud and the cores that this machine has, and start the cloud. */
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

/** A gateway, or the cloud itself, under load. */
export type Target = Pick<BenchGateway, 'url' | 'clearLog'> & { readonly pid: number | undefined };

/**
 * Load a target for some seconds, and check one response before and one after.
 * @throws {Error} if a response is wrong or a request fails
 */
export async function measure(
  { generator, cores }: Rig,
  target: Target,
  workload: Workload,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<Measured> {
  const { url, pid, clearLog } = target;
  await probe(url, workload);
  const costs = () => (pid === undefined ? undefined : costsOf(pid));
  const before = costs();
  const result = await generator.run({ url, workload, connections, seconds }, cores.others);
  const after = costs();
  await probe(url, workload);
  clearLog();
  return {
    ...result,
    cpu: before && after && ((after.cpuSeconds - before.cpuSeconds) / result.requests) * 1e6,
    rss: after?.rssMegabytes,
  };
}
