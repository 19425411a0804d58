import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ourGateway } from '../gateways/our-gateway.ts';
import { pairedSpread, spreadOf } from '../rig/statistics.ts';
import { translation } from '../workloads/comparisons.ts';
import type { Measurement } from './figure.ts';
import { loadPair, withGateways } from './pair.ts';

const setting = 'GATEWAY_WORKERS';
const name = 'two workers against one, on two cores shared with the loader and the cloud';
const connections = 64;

/** Measures the throughput that a second worker adds if all processes share two cores. */
export const secondWorker: Measurement = {
  name: 'two workers against one',
  run: async (rig, options) => {
    const obstacle = obstacleOf(rig.cores.both);
    const limit = { atLeast: 1.3 };
    if (obstacle !== undefined) return [{ name, unit: '', value: undefined, reason: obstacle, limit }];
    const start = {
      ours: ourGateway({ settings: { [setting]: '2' } }),
      theirs: ourGateway({ settings: { [setting]: '1' } }),
    };
    const shared = { ...rig, cores: { ...rig.cores, others: rig.cores.both } };
    const workload = translation('rebuild in XML, 1 KiB', 'XML -> XML');
    const { ours, theirs } = await withGateways(
      rig,
      start,
      (pair) => loadPair(shared, pair, workload, { ...options, connections }),
      rig.cores.both,
    );
    const rate = (all: typeof ours) => spreadOf(all.map(({ perSecond }) => perSecond))?.median.toFixed(0);
    return [
      {
        name,
        unit: '',
        value: pairedSpread(ours, theirs, (our, their) => our.perSecond / their.perSecond),
        limit,
        detail: `${rate(ours)} against ${rate(theirs)} requests a second, ${connections} connections`,
      },
    ];
  },
};

/** Return the reason why the figure cannot be measured here; undefined if it can. */
function obstacleOf(both: string | undefined): string | undefined {
  if (both === undefined) return 'there are no two cores to pin processes to';
  const help = execFileSync(process.execPath, [join(import.meta.dirname, '../../dist/main.js'), '--help'], {
    encoding: 'utf8',
  });
  return help.includes(setting) ? undefined : `there is no setting ${setting}`;
}
