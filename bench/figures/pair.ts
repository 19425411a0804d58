import { ourGateway, type GatewayOptions } from '../gateways/our-gateway.ts';
import type { BenchGateway, StartGateway } from '../gateways/bench-gateway.ts';
import { plainGateway } from '../gateways/plain-gateway.ts';
import type { Rig } from '../rig/rig.ts';

/** Two gateways that are measured against each other. */
export interface Pair<T> {
  readonly ours: T;
  readonly theirs: T;
}

/** This gateway and plain http-proxy-middleware, with the same options of node. */
export function againstPlain({
  nodeOptions = [],
  settings = {},
}: Pick<GatewayOptions, 'nodeOptions' | 'settings'> = {}): Pair<StartGateway> {
  return { ours: ourGateway({ nodeOptions, settings }), theirs: plainGateway(nodeOptions) };
}

/** What each repetition showed of both: measured in turn, every other time the other way round. */
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

/** Runs something with both gateways up, on the gateway's core unless others are named, and stops them. */
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
