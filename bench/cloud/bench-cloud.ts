import type { Cores } from '../processes/machine.ts';
import { nginxVersion } from '../processes/nginx.ts';
import { startNginxCloud } from './nginx-cloud.ts';
import { startNodeCloud } from './node-cloud.ts';

/** The cloud of a benchmark, which sends fixed responses at once. */
export interface BenchCloud {
  /** Its name and version; results of different clouds are not compared. */
  readonly name: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts nginx if installed, else our own small server; GATEWAY_BENCH_CLOUD=node selects the latter. */
export function startCloud({ others }: Cores): Promise<BenchCloud> {
  const version = process.env['GATEWAY_BENCH_CLOUD'] === 'node' ? undefined : nginxVersion();
  return version === undefined ? startNodeCloud(others) : startNginxCloud(version, others);
}
