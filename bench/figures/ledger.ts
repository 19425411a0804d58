import { ourGateway } from '../gateways/our-gateway.ts';
import { workFilePath } from '../processes/work-files.ts';
import { pairedSpread, spreadOf } from '../rig/statistics.ts';
import { translation } from '../workloads/comparisons.ts';
import type { Figure, Measurement } from './figure.ts';
import { loadPair, withGateways } from './pair.ts';

/** The stores that are measured, with the settings of each. It is stored each second, sixty times as often as by default. */
const stores = {
  memory: () => ({ GATEWAY_LEDGER_STORE: 'memory' }),
  SQLite: () => ({
    GATEWAY_LEDGER_STORE: `sqlite:${workFilePath('ledger.db')}`,
    GATEWAY_LEDGER_INTERVAL_MS: '1000',
  }),
} as const;

/** Measures the cost of the ledger: this gateway with it against this gateway without. */
export const ledgerCost: Measurement = {
  name: 'ledger',
  run: async (rig, options) => {
    const workload = translation('rebuild in XML, 1 KiB', 'XML -> XML');
    const figures: Figure[] = [];
    for (const [name, settingsOf] of Object.entries(stores)) {
      const start = {
        ours: ourGateway({ settings: settingsOf() }),
        theirs: ourGateway({ settings: { GATEWAY_LEDGER_STORE: 'off' } }),
      };
      const { ours, theirs } = await withGateways(rig, start, (pair) =>
        loadPair(rig, pair, workload, { ...options, connections: 16 }),
      );
      const cpu = (all: typeof ours) => spreadOf(all.map((run) => run.cpu))?.median.toFixed(0);
      figures.push({
        name: `the ledger in ${name}, of the processor time of a request`,
        unit: '%',
        value: pairedSpread(ours, theirs, (our, their) =>
          our.cpu === undefined || their.cpu === undefined ? undefined : 100 * (our.cpu / their.cpu - 1),
        ),
        limit: { atMost: 2 },
        detail: `${cpu(ours)} us of processor a request with it, ${cpu(theirs)} without`,
      });
    }
    return figures;
  },
};
