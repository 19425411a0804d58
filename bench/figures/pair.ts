import type { BenchGateway, StartGateway } from '../gateways/bench-gateway.ts';
import { ourGateway, type GatewayOptions } from '../gateways/our-gateway.ts';
import { plainGateway } from '../gateways/plain-gateway.ts';
import type { Options } from '../rig/options.ts';
import { measure, type Measured, type Rig } from '../rig/rig.ts';
import type { Workload } from '../workloads/workload.ts';

/** Two gateways, or data about them, that are compared with each other. */
export interface Pair<T> {
  readonly ours: T;
  readonly theirs: T;
}

/** Pair this gateway with plain http-proxy-middleware, run with the same options of node. */
export function againstPlain({
  nodeOptions = [],
  settings = {},
}: Pick<GatewayOptions, 'nodeOptions' | 'settings'> = {}): Pair<StartGateway> {
  return { ours: ourGateway({ nodeOptions, settings }), theirs: plainGateway(nodeOptions) };
}

/** Measure both of a pair in turn, in the opposite order every other time, so that neither always runs first. */
export async function alternate<G, T>(
  pair: Pair<G>,
  repeats: number,
  measureOne: (one: G) => Promise<T>,
): Promise<Pair<readonly T[]>> {
  const [ours, theirs]: [T[], T[]] = [[], []];
  const measures = [
    async () => void ours.push(await measureOne(pair.ours)),
    async () => void theirs.push(await measureOne(pair.theirs)),
  ];
  for (let repetition = 0; repetition < repeats; repetition += 1) {
    for (const run of repetition % 2 === 0 ? measures : measures.toReversed()) await run();
  }
  return { ours, theirs };
}

/** Load both of a pair in turn with the same workload, after a warm-up. */
export async function loadPair(
  rig: Rig,
  pair: Pair<BenchGateway>,
  workload: Workload,
  options: Pick<Options, 'seconds' | 'repeats' | 'warmUpSeconds'> & { readonly connections: number },
): Promise<Pair<readonly Measured[]>> {
  const { connections, seconds, repeats, warmUpSeconds } = options;
  await alternate(pair, 1, (one) => measure(rig, one, workload, { connections, seconds: warmUpSeconds }));
  return alternate(pair, repeats, (one) => measure(rig, one, workload, { connections, seconds }));
}

/** Start a pair of gateways, on the gateway's core unless others are given; stop them after `run`. */
export async function withGateways<T>(
  { cloud, cores }: Rig,
  { ours: startOurs, theirs: startTheirs }: Pair<StartGateway>,
  run: (pair: Pair<BenchGateway>) => Promise<T>,
  on: string | undefined = cores.gateway,
): Promise<T> {
  const ours = await startOurs(cloud.url, on);
  const theirs = await startTheirs(cloud.url, on);
  try {
    return await run({ ours, theirs });
  } finally {
    await Promise.all([ours.stop(), theirs.stop()]);
  }
}
