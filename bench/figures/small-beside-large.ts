import { comparisonOf } from '../workloads/comparisons.ts';
import type { Workload } from '../workloads/workload.ts';
import type { BenchGateway } from '../gateways/bench-gateway.ts';
import { measure, type Rig } from '../rig/rig.ts';
import { pairedSpread, quotient, spreadOf } from '../rig/statistics.ts';
import type { Measurement } from './figure.ts';
import { againstPlain, alternate, withGateways } from './pair.ts';

const largeConnections = 4;
const smallConnections = 4;
/** So long until the large bodies are under way. */
const leadSeconds = 1;

/** What small requests wait for while large bodies are in flight, through this gateway and through the plain one. */
export const smallBesideLarge: Measurement = {
  name: 'small requests while large bodies are in flight',
  run: async (rig, { seconds, repeats }) => {
    const [small, large] = [comparisonOf('rebuild in XML, 1 KiB'), comparisonOf('rebuild in XML, 1 MiB')];
    const both = againstPlain();
    const { ours, theirs } = await withGateways(rig, both, ({ ours, theirs }) =>
      alternate(
        {
          ours: { gateway: ours, small: small.byGateway['XML -> XML'], large: large.byGateway['XML -> XML'] },
          theirs: { gateway: theirs, small: small.passed, large: large.passed },
        },
        repeats,
        (one) => p99While(rig, one, seconds),
      ),
    );
    const value = pairedSpread(ours, theirs, quotient);
    return [
      {
        name: `p99 of small requests while ${largeConnections} bodies of 1 MiB are in flight, ÷ plain`,
        unit: '',
        value,
        limit: { atMost: 1.5 },
        from: `${milliseconds(spreadOf(ours)?.median)} against ${milliseconds(spreadOf(theirs)?.median)}`,
        ...(value === undefined && { because: 'the load generator counts in milliseconds' }),
      },
    ];
  },
};

interface Loaded {
  readonly gateway: BenchGateway;
  readonly small: Workload | undefined;
  readonly large: Workload | undefined;
}

async function p99While(rig: Rig, { gateway, small, large }: Loaded, seconds: number): Promise<number | undefined> {
  if (small === undefined || large === undefined) throw new RangeError('the comparison has no such translation');
  const { url } = gateway;
  const background = rig.generator.run(
    { url, exchange: large, connections: largeConnections, seconds: seconds + 2 * leadSeconds },
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
