import type { StartGateway } from '../gateways/bench-gateway.ts';
import { costsOf, peakMegabytes } from '../processes/process-costs.ts';
import { measure, type Rig } from '../rig/rig.ts';
import { pairedSpread, quotient, spreadOf } from '../rig/statistics.ts';
import { comparisonOf, translation } from '../workloads/comparisons.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Figure, Measurement } from './figure.ts';
import { connectIdle } from './idle-connections.ts';
import { againstPlain, alternate } from './pair.ts';

const connections = 1000;
const comparison = 'rebuild in XML, 1 KiB';

/** Measures the memory of a gateway with many clients: all idle, and all sending at once. */
export const memoryUse: Measurement = {
  name: 'memory at 1000 connections',
  run: async (rig, { seconds, repeats }) => {
    // All clients may wait for a connection to the cloud: refused requests would save memory.
    const start = againstPlain({ settings: { GATEWAY_EXCHANGES_MAX_WAITING: `${connections}` } });
    const pair = {
      ours: { start: start.ours, workload: translation(comparison, 'XML -> XML') },
      theirs: { start: start.theirs, workload: comparisonOf(comparison).passed },
    };
    const { ours, theirs } = await alternate(pair, repeats, (one) => memoryOf(rig, one, seconds));
    return (['idle', 'busy'] as const).map((when): Figure => {
      const value = pairedSpread(ours, theirs, (our, their) => quotient(our?.[when], their?.[when]));
      const megabytes = (all: typeof ours) => spreadOf(all.map((one) => one?.[when]))?.median.toFixed(0);
      return {
        name: `memory at ${connections} connections, ${when}, ÷ plain`,
        unit: '',
        value,
        limit: { atMost: 1.1 },
        detail: `${megabytes(ours)} MB against ${megabytes(theirs)} MB`,
        ...(value === undefined && { reason: 'the system does not report the memory of a process' }),
      };
    });
  },
};

interface Held {
  readonly idle: number;
  readonly busy: number;
}

/** Measure the resident megabytes of a fresh gateway: with idle connections, and the peak under load. */
async function memoryOf(
  rig: Rig,
  { start, workload }: { readonly start: StartGateway; readonly workload: Workload },
  seconds: number,
): Promise<Held | undefined> {
  const gateway = await start(rig.cloud.url, rig.cores.gateway);
  try {
    const disconnect = await connectIdle(gateway.url, workload, connections);
    const idle = costsOf(gateway.pid)?.rssMegabytes;
    disconnect();
    await measure(rig, gateway, workload, { connections, seconds });
    return idle === undefined ? undefined : { idle, busy: peakMegabytes(gateway.pid) };
  } finally {
    await gateway.stop();
  }
}
