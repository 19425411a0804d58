import { comparisonOf } from '../workloads/comparisons.ts';
import { ourGateway } from '../gateways/our-gateway.ts';
import { measure } from '../rig/rig.ts';
import { pairedSpread, spreadOf } from '../rig/statistics.ts';
import type { Figure, Measurement } from './figure.ts';
import { alternate, withGateways } from './pair.ts';

/** What the access log costs: this gateway with it against this gateway without. */
export const accessLogCost: Measurement = {
  name: 'access log',
  run: async (rig, { seconds, repeats, warmUpSeconds }) => {
    const exchange = comparisonOf('rebuild in XML, 1 KiB').byGateway['XML -> XML'];
    if (exchange === undefined) throw new RangeError('the comparison has no such translation');
    const figures: Figure[] = [];
    for (const log of ['file', 'pipe'] as const) {
      const start = {
        ours: ourGateway({ log, readerCores: rig.cores.others }),
        theirs: ourGateway({ settings: { GATEWAY_LOG_LEVEL: 'error' } }),
      };
      const { ours, theirs } = await withGateways(rig, start, async (pair) => {
        const load = (length: number) => (one: (typeof pair)['ours']) =>
          measure(rig, one, exchange, { connections: 16, seconds: length });
        await alternate(pair, 1, load(warmUpSeconds));
        return alternate(pair, repeats, load(seconds));
      });
      figures.push({
        name: `the access log to a ${log}, of the requests a second`,
        unit: '%',
        value: pairedSpread(ours, theirs, (our, their) => 100 * (1 - our.perSecond / their.perSecond)),
        limit: { atMost: 5 },
        from: `${spreadOf(ours.map(({ cpu }) => cpu))?.median.toFixed(0)} us of processor a request with it, ${spreadOf(theirs.map(({ cpu }) => cpu))?.median.toFixed(0)} without`,
      });
    }
    return figures;
  },
};
