import type { Comparison, Workload } from '../workloads/workload.ts';
import { nginxGateway } from '../gateways/nginx-gateway.ts';
import { ourGateway } from '../gateways/our-gateway.ts';
import { plainGateway } from '../gateways/plain-gateway.ts';
import type { Rig, Target } from '../rig/rig.ts';

/** Who is measured: the cloud itself, nginx, http-proxy-middleware in Express, this gateway. */
export type Contestant = 'direct' | 'nginx' | 'plain' | 'gateway';

/** The contestants that there are on this machine, started. */
export interface Contestants {
  readonly direct: Target;
  readonly nginx: Target | undefined;
  readonly plain: Target;
  readonly gateway: Target;
  stop(): Promise<void>;
}

/** What a contestant does in a comparison. */
export interface Entry {
  readonly contestant: Contestant;
  /** What it does with the messages: passes them, or what it makes of which. */
  readonly does: string;
  readonly target: Target;
  readonly exchange: Workload;
}

/** Starts them all; each on the same core, one measured after the other. */
export async function startContestants({ cloud, cores, hasNginx }: Rig): Promise<Contestants> {
  const nginx = hasNginx ? await nginxGateway(cloud.url, cores.gateway) : undefined;
  const plain = await plainGateway()(cloud.url, cores.gateway);
  const gateway = await ourGateway()(cloud.url, cores.gateway);
  return {
    direct: { url: cloud.url, pid: undefined, clearLog: () => undefined },
    nginx,
    plain,
    gateway,
    stop: async () => void (await Promise.all([nginx?.stop(), plain.stop(), gateway.stop()])),
  };
}

/** Who is measured in a comparison, in the order of the tables. */
export function entriesFor({ passed, byGateway }: Comparison, contestants: Contestants): Entry[] {
  const passing = (['direct', 'nginx', 'plain'] as const).flatMap((contestant): Entry[] => {
    const target = contestants[contestant];
    return target === undefined ? [] : [{ contestant, does: 'passes', target, exchange: passed }];
  });
  const translating = Object.entries(byGateway).map(([does, exchange]): Entry => ({
    contestant: 'gateway',
    does,
    target: contestants.gateway,
    exchange,
  }));
  return [...passing, ...translating];
}
