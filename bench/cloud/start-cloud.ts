import type { Cores } from '../processes/machine.ts';
import { nginxVersion } from '../processes/nginx.ts';
import type { BenchCloud } from './bench-cloud.ts';
import { startNginxCloud } from './nginx-cloud.ts';
import { startNodeCloud } from './node-cloud.ts';

/** Start nginx if installed, else our own small server; GATEWAY_BENCH_CLOUD=node selects the latter. */
export function startCloud({ others }: Cores): Promise<BenchCloud> {
  const version = process.env['GATEWAY_BENCH_CLOUD'] === 'node' ? undefined : nginxVersion();
  return version === undefined ? startNodeCloud(others) : startNginxCloud(version, others);
}
