import type { Cores } from '../processes/machine.ts';
import { startNginxCloud } from './nginx-cloud.ts';
import { startNodeCloud } from './node-cloud.ts';
import { nginxVersion } from '../processes/nginx.ts';

/** The cloud of a benchmark: it answers at once, always the same. */
export interface BenchCloud {
  /** Its name and version; results with different ones are not compared. */
  readonly name: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts nginx where it is installed, else a small server of our own; GATEWAY_BENCH_CLOUD=node asks for the second. */
export function startCloud({ others }: Cores): Promise<BenchCloud> {
  const version = process.env['GATEWAY_BENCH_CLOUD'] === 'node' ? undefined : nginxVersion();
  return version === undefined ? startNodeCloud(others) : startNginxCloud(version, others);
}
