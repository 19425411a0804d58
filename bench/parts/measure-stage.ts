import { getHeapStatistics } from 'node:v8';
import { do_not_optimize as keep, measure } from 'mitata';
import type { Stage } from './pipeline.ts';

/** What one run of a stage costs. */
export interface StageCost {
  readonly microseconds: number;
  readonly p99Microseconds: number;
  /** Allocated on the heap and in buffers; it is the youth's size that keeps the collector out of it. */
  readonly bytes: number;
}

const warmUpMs = 300;
/** Few enough that what they allocate seldom fills the space of young objects. */
const batch = 32;

/** The cost of a stage, by mitata. */
export async function costOf({ run }: Stage, seconds: number): Promise<StageCost> {
  for (const startedAt = performance.now(); performance.now() - startedAt < warmUpMs;) keep(run());
  const stats = await measure(() => keep(run()), {
    heap: allocated,
    batch_samples: batch,
    batch_unroll: 1,
    min_cpu_time: seconds * 1e9,
  });
  return {
    microseconds: stats.p50 / 1000,
    p99Microseconds: stats.p99 / 1000,
    bytes: stats.heap?.avg ?? Number.NaN,
  };
}

function allocated(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}
