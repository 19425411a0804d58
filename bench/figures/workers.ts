import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { comparisonOf } from '../workloads/comparisons.ts';
import { ourGateway } from '../gateways/our-gateway.ts';
import { measure } from '../rig/rig.ts';
import { pairedSpread, spreadOf } from '../rig/statistics.ts';
import type { Measurement } from './figure.ts';
import { alternate, withGateways } from './pair.ts';

const setting = 'GATEWAY_WORKERS';
const name = 'two workers against one, on two cores shared with the loader and the cloud';
const connections = 64;

/** What a second worker brings where there are two cores for everything. */
export const workers: Measurement = {
  name: 'two workers against one',
  run: async (rig, { seconds, repeats, warmUpSeconds }) => {
    const missing = because(rig.cores.both);
    const limit = { atLeast: 1.3 };
    if (missing !== undefined) return [{ name, unit: '', value: undefined, because: missing, limit }];
    const exchange = comparisonOf('rebuild in XML, 1 KiB').byGateway['XML -> XML'];
    if (exchange === undefined) throw new RangeError('the comparison has no such translation');
    const start = {
      ours: ourGateway({ settings: { [setting]: '2' } }),
      theirs: ourGateway({ settings: { [setting]: '1' } }),
    };
    const shared = { ...rig, cores: { ...rig.cores, others: rig.cores.both } };
    const { ours, theirs } = await withGateways(
      rig,
      start,
      async (pair) => {
        const load = (length: number) => (one: (typeof pair)['ours']) =>
          measure(shared, one, exchange, { connections, seconds: length });
        await alternate(pair, 1, load(warmUpSeconds));
        return alternate(pair, repeats, load(seconds));
      },
      rig.cores.both,
    );
    const rate = (all: typeof ours): string | undefined =>
      spreadOf(all.map(({ perSecond }) => perSecond))?.median.toFixed(0);
    return [
      {
        name,
        unit: '',
        value: pairedSpread(ours, theirs, (our, their) => our.perSecond / their.perSecond),
        limit,
        from: `${rate(ours)} against ${rate(theirs)} requests a second, ${connections} connections`,
      },
    ];
  },
};

/** Why it cannot be measured; undefined where it can. */
function because(both: string | undefined): string | undefined {
  if (both === undefined) return 'there are no two cores to pin processes to';
  const help = execFileSync(process.execPath, [join(import.meta.dirname, '../../dist/main.js'), '--help'], {
    encoding: 'utf8',
  });
  return help.includes(setting) ? undefined : `there is no setting ${setting}`;
}
