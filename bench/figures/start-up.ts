import { spreadOf } from '../rig/statistics.ts';
import type { Measurement } from './figure.ts';
import { againstPlain, alternate } from './pair.ts';

/** Measures the processor time of a gateway until it accepts connections. */
export const startUpCost: Measurement = {
  name: 'start to ready',
  run: async ({ cloud, cores }, { repeats }) => {
    const { ours, theirs } = await alternate(againstPlain(), repeats, async (startOne) => {
      const gateway = await startOne(cloud.url, cores.gateway);
      await gateway.stop();
      return gateway.startSeconds;
    });
    const value = spreadOf(ours);
    return [
      {
        name: 'start to ready, processor',
        unit: 's',
        value,
        limit: { atMost: 0.35 },
        detail: `plain: ${spreadOf(theirs)?.median.toFixed(2)} s`,
        ...(value === undefined && { reason: 'the system does not report the processor time of a process' }),
      },
    ];
  },
};
