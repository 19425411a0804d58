import type { BenchGateway } from '../gateways/bench-gateway.ts';
import { measure, type Rig } from '../rig/rig.ts';
import { pairedSpread, quotient, spreadOf } from '../rig/statistics.ts';
import { comparisonOf, translation } from '../workloads/comparisons.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Measurement } from './figure.ts';
import { againstPlain, alternate, withGateways } from './pair.ts';

const [smallBody, largeBody] = ['rebuild in XML, 1 KiB', 'rebuild in XML, 1 MiB'] as const;
const largeConnections = 4;
const smallConnections = 4;
/** The head start of the large bodies, so that they are in flight when the small requests begin. */
const leadSeconds = 1;

/** Measures the latency of small requests while large bodies are in flight, against the plain gateway. */
export const smallBesideLarge: Measurement = {
  name: 'small requests while large bodies are in flight',
  run: async (rig, { seconds, repeats }) => {
    const { ours, theirs } = await withGateways(rig, againstPlain(), (gateways) => {
      const pair = {
        ours: {
          gateway: gateways.ours,
          small: translation(smallBody, 'XML -> XML'),
          large: translation(largeBody, 'XML -> XML'),
        },
        theirs: {
          gateway: gateways.theirs,
          small: comparisonOf(smallBody).passed,
          large: comparisonOf(largeBody).passed,
        },
      };
      return alternate(pair, repeats, (one) => p99While(rig, one, seconds));
    });
    const value = pairedSpread(ours, theirs, quotient);
    return [
      {
        name: `p99 of small requests while ${largeConnections} bodies of 1 MiB are in flight, ÷ plain`,
        unit: '',
        value,
        limit: { atMost: 1.5 },
        detail: `${milliseconds(spreadOf(ours)?.median)} against ${milliseconds(spreadOf(theirs)?.median)}`,
        ...(value === undefined && { reason: 'the load generator counts in milliseconds' }),
      },
    ];
  },
};

interface MixedLoad {
  readonly gateway: BenchGateway;
  readonly small: Workload;
  readonly large: Workload;
}

async function p99While(rig: Rig, { gateway, small, large }: MixedLoad, seconds: number): Promise<number | undefined> {
  const background = rig.generator.run(
    { url: gateway.url, workload: large, connections: largeConnections, seconds: seconds + 2 * leadSeconds },
    rig.cores.others,
  );
  await new Promise((resolve) => setTimeout(resolve, leadSeconds * 1000));
  const [{ p99 }] = await Promise.all([
    measure(rig, gateway, small, { connections: smallConnections, seconds }),
    background,
  ]);
  return p99;
}

function milliseconds(microseconds: number | undefined): string {
  return microseconds === undefined ? '?' : `${(microseconds / 1000).toFixed(1)} ms`;
}
