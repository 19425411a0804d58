import { nginxGateway } from '../gateways/nginx-gateway.ts';
import { ourGateway } from '../gateways/our-gateway.ts';
import { plainGateway } from '../gateways/plain-gateway.ts';
import type { Rig, Target } from '../rig/rig.ts';
import type { Comparison, Workload } from '../workloads/workload.ts';

/** The programs that are compared: the cloud itself, nginx, http-proxy-middleware in Express, and this gateway. */
export type Contestant = 'direct' | 'nginx' | 'plain' | 'gateway';

/** The running contestants; nginx is undefined if it is not installed. */
export interface Contestants {
  readonly direct: Target;
  readonly nginx: Target | undefined;
  readonly plain: Target;
  readonly gateway: Target;
  stop(): Promise<void>;
}

/** The part of one contestant in a comparison. */
export interface Entry {
  readonly contestant: Contestant;
  /** `passes`, or the translation that the gateway performs. */
  readonly task: string;
  readonly target: Target;
  readonly workload: Workload;
}

/** Start all contestants on the same core; they are never loaded at the same time. */
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

/** List the contestants of a comparison, in the order of the tables. */
export function entriesFor({ passed, byGateway }: Comparison, contestants: Contestants): Entry[] {
  const passing = (['direct', 'nginx', 'plain'] as const).flatMap((contestant): Entry[] => {
    const target = contestants[contestant];
    return target === undefined ? [] : [{ contestant, task: 'passes', target, workload: passed }];
  });
  const translating = Object.entries(byGateway).map(([task, workload]): Entry => ({
    contestant: 'gateway',
    task,
    target: contestants.gateway,
    workload,
  }));
  return [...passing, ...translating];
}
