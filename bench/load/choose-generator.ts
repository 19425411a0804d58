import { versionOf } from '../processes/machine.ts';
import { autocannon } from './autocannon.ts';
import type { Generator } from './generator.ts';
import { wrk } from './wrk.ts';

/** wrk where it is installed, else autocannon; GATEWAY_BENCH_GENERATOR=autocannon asks for the second. */
export function chooseGenerator(): Generator {
  const version = process.env['GATEWAY_BENCH_GENERATOR'] === 'autocannon' ? undefined : versionOf('wrk', '--version');
  return version === undefined ? autocannon : wrk(version);
}
