import { ourGateway } from '../gateways/our-gateway.ts';
import { pairedSpread, spreadOf } from '../rig/statistics.ts';
import { translation } from '../workloads/comparisons.ts';
import type { Figure, Measurement } from './figure.ts';
import { loadPair, withGateways } from './pair.ts';

/** Measures the cost of the access log: this gateway with it against this gateway without. */
export const accessLogCost: Measurement = {
  name: 'access log',
  run: async (rig, options) => {
    const workload = translation('rebuild in XML, 1 KiB', 'XML -> XML');
    const figures: Figure[] = [];
    for (const log of ['file', 'pipe'] as const) {
      const start = {
        ours: ourGateway({ log, readerCores: rig.cores.others }),
        theirs: ourGateway({ settings: { GATEWAY_LOG_LEVEL: 'error' } }),
      };
      const { ours, theirs } = await withGateways(rig, start, (pair) =>
        loadPair(rig, pair, workload, { ...options, connections: 16 }),
      );
      const cpu = (all: typeof ours) => spreadOf(all.map((run) => run.cpu))?.median.toFixed(0);
      figures.push({
        name: `the access log to a ${log}, of the requests a second`,
        unit: '%',
        value: pairedSpread(ours, theirs, (our, their) => 100 * (1 - our.perSecond / their.perSecond)),
        limit: { atMost: 5 },
        detail: `${cpu(ours)} us of processor a request with it, ${cpu(theirs)} without`,
      });
    }
    return figures;
  },
};
