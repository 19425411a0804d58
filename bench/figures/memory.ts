import { comparisonOf } from '../workloads/comparisons.ts';
import type { Workload } from '../workloads/workload.ts';
import type { StartGateway } from '../gateways/bench-gateway.ts';
import { costsOf, peakMegabytes } from '../processes/process-costs.ts';
import { measure, type Rig } from '../rig/rig.ts';
import { pairedSpread, quotient, spreadOf, type Spread } from '../rig/statistics.ts';
import type { Figure, Measurement } from './figure.ts';
import { connectIdle } from './idle-connections.ts';
import { againstPlain, alternate } from './pair.ts';

const connections = 1000;

/** What a gateway holds with many callers: connected and silent, and all of them asking at once. */
export const memory: Measurement = {
  name: 'memory at 1000 connections',
  run: async (rig, { seconds, repeats }) => {
    const { passed, byGateway } = comparisonOf('rebuild in XML, 1 KiB');
    // As many may wait as there are callers: a refusal would save memory.
    const start = againstPlain({ settings: { GATEWAY_EXCHANGES_MAX_WAITING: `${connections}` } });
    const pair = {
      ours: { start: start.ours, exchange: byGateway['XML -> XML'] },
      theirs: { start: start.theirs, exchange: passed },
    };
    const { ours, theirs } = await alternate(pair, repeats, (one) => memoryOf(rig, one, seconds));
    return (['idle', 'busy'] as const).map((when): Figure => {
      const value = pairedSpread(ours, theirs, (our, their) => quotient(our?.[when], their?.[when]));
      const of = (all: typeof ours): Spread | undefined => spreadOf(all.map((one) => one?.[when]));
      return {
        name: `memory at ${connections} connections, ${when}, ÷ plain`,
        unit: '',
        value,
        limit: { atMost: 1.2 },
        from: `${of(ours)?.median.toFixed(0)} MB against ${of(theirs)?.median.toFixed(0)} MB`,
        ...(value === undefined && { because: 'the system does not tell the memory of a process' }),
      };
    });
  },
};

interface Held {
  readonly idle: number;
  readonly busy: number;
}

/** Resident megabytes of a gateway that has just been started: at rest, and the most of what followed. */
async function memoryOf(
  rig: Rig,
  { start, exchange }: { readonly start: StartGateway; readonly exchange: Workload | undefined },
  seconds: number,
): Promise<Held | undefined> {
  if (exchange === undefined) throw new RangeError('the comparison has no such translation');
  const gateway = await start(rig.cloud.url, rig.cores.gateway);
  try {
    const hangUp = await connectIdle(gateway.url, exchange, connections);
    const idle = costsOf(gateway.pid)?.rssMegabytes;
    hangUp();
    await measure(rig, gateway, exchange, { connections, seconds });
    return idle === undefined ? undefined : { idle, busy: peakMegabytes(gateway.pid) };
  } finally {
    await gateway.stop();
  }
}
