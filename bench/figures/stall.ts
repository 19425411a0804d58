import { join } from 'node:path';
import { kill } from 'node:process';
import type { BenchGateway } from '../gateways/bench-gateway.ts';
import { measure, type Rig } from '../rig/rig.ts';
import { spreadOf } from '../rig/statistics.ts';
import { comparisonOf, translation } from '../workloads/comparisons.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Measurement } from './figure.ts';
import { againstPlain, alternate, withGateways } from './pair.ts';

const monitor = join(import.meta.dirname, 'stall-monitor.ts');
const reportTimeoutMs = 10_000;

/** Measures how long a list of 1000 servers as XML blocks the event loop; plain shows the share of the machine. */
export const longestStall: Measurement = {
  name: 'longest stall of the event loop',
  run: async (rig, { seconds, repeats, warmUpSeconds }) => {
    const both = againstPlain({ nodeOptions: ['--import', monitor] });
    const { ours, theirs } = await withGateways(rig, both, async (gateways) => {
      const pair = {
        ours: { gateway: gateways.ours, workload: translation('list of 1000', 'JSON -> XML') },
        theirs: { gateway: gateways.theirs, workload: comparisonOf('list of 1000').passed },
      };
      await alternate(pair, 1, (one) => stallOf(rig, one, warmUpSeconds));
      return alternate(pair, repeats, (one) => stallOf(rig, one, seconds));
    });
    return [
      {
        name: 'a list of 1000 servers as XML: longest stall of the event loop',
        unit: 'ms',
        value: spreadOf(ours),
        limit: { atMost: 10 },
        detail: `1 connection; plain passing of the same list: ${spreadOf(theirs)?.median.toFixed(1)} ms`,
      },
    ];
  },
};

interface Monitored {
  readonly gateway: BenchGateway;
  readonly workload: Workload;
}

/** Measure the longest stall under load, in milliseconds. */
async function stallOf(rig: Rig, { gateway, workload }: Monitored, seconds: number): Promise<number> {
  await resetMonitor(gateway);
  await measure(rig, gateway, workload, { connections: 1, seconds });
  return resetMonitor(gateway);
}

/** Reset the monitor and return the stall that it reports. */
async function resetMonitor({ pid, stderr }: BenchGateway): Promise<number> {
  const all = (): string[] => [...stderr().matchAll(/longest stall: (-?[\d.]+) ms/g)].map(([, text = '']) => text);
  const before = all().length;
  kill(pid, 'SIGUSR2');
  for (const startedAt = performance.now(); all().length === before;) {
    if (performance.now() - startedAt > reportTimeoutMs) throw new Error(`no report of the monitor: ${stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return Number(all().at(-1));
}
