import { getHeapStatistics } from 'node:v8';
import { do_not_optimize as keep, measure } from 'mitata';
import type { Stage } from './pipeline.ts';

/** The cost of one run of a stage. */
export interface StageCost {
  readonly microseconds: number;
  readonly p99Microseconds: number;
  /** Bytes allocated on the heap and in buffers. */
  readonly bytes: number;
}

const warmUpMs = 300;
/** Small enough that a batch seldom fills the young generation: a collection would distort the allocated bytes. */
const batch = 32;

/** Measure the cost of a stage with mitata. */
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
