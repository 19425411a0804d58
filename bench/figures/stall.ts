import { join } from 'node:path';
import { kill } from 'node:process';
import { comparisonOf } from '../workloads/comparisons.ts';
import type { Workload } from '../workloads/workload.ts';
import type { BenchGateway } from '../gateways/bench-gateway.ts';
import { measure, type Rig } from '../rig/rig.ts';
import { spreadOf } from '../rig/statistics.ts';
import type { Measurement } from './figure.ts';
import { againstPlain, alternate, withGateways } from './pair.ts';

const monitor = join(import.meta.dirname, 'stall-monitor.ts');
const patienceMs = 10_000;

/** How long a list of 1000 servers as XML keeps all others waiting; plain passing of it says what the machine adds. */
export const stall: Measurement = {
  name: 'longest stall of the event loop',
  run: async (rig, { seconds, repeats, warmUpSeconds }) => {
    const list = comparisonOf('list of 1000');
    const both = againstPlain({ nodeOptions: ['--import', monitor] });
    const { ours, theirs } = await withGateways(rig, both, async ({ ours, theirs }) => {
      const pair = {
        ours: { gateway: ours, exchange: list.byGateway['JSON -> XML'] },
        theirs: { gateway: theirs, exchange: list.passed },
      };
      await alternate(pair, 1, (one) => longestStall(rig, one, warmUpSeconds));
      return alternate(pair, repeats, (one) => longestStall(rig, one, seconds));
    });
    return [
      {
        name: 'a list of 1000 servers as XML: longest stall of the event loop',
        unit: 'ms',
        value: spreadOf(ours),
        limit: { atMost: 10 },
        from: `1 connection; plain passing of the same list: ${spreadOf(theirs)?.median.toFixed(1)} ms`,
      },
    ];
  },
};

interface Stalled {
  readonly gateway: BenchGateway;
  readonly exchange: Workload | undefined;
}

/** In milliseconds. */
async function longestStall(rig: Rig, { gateway, exchange }: Stalled, seconds: number): Promise<number> {
  if (exchange === undefined) throw new RangeError('the comparison has no such translation');
  await told(gateway);
  await measure(rig, gateway, exchange, { connections: 1, seconds });
  return told(gateway);
}

/** What the monitor says; it begins anew. */
async function told({ pid, stderr }: BenchGateway): Promise<number> {
  const all = (): string[] => [...stderr().matchAll(/longest stall: (-?[\d.]+) ms/g)].map(([, text = '']) => text);
  const before = all().length;
  kill(pid, 'SIGUSR2');
  for (const startedAt = performance.now(); all().length === before;) {
    if (performance.now() - startedAt > patienceMs) throw new Error(`the monitor says nothing: ${stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return Number(all().at(-1));
}
