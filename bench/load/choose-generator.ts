import { versionOf } from '../processes/machine.ts';
import { autocannon } from './autocannon.ts';
import type { Generator } from './generator.ts';
import { wrk } from './wrk.ts';

/** Select wrk if installed, else autocannon; GATEWAY_BENCH_GENERATOR=autocannon selects the latter. */
export function chooseGenerator(): Generator {
  const version = process.env['GATEWAY_BENCH_GENERATOR'] === 'autocannon' ? undefined : versionOf('wrk', '--version');
  return version === undefined ? autocannon : wrk(version);
}
