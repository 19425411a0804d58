import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRegistry, durationHistogram, Registry } from '../../../src/observe/prometheus.ts';
import { Histogram } from 'prom-client';

const buckets = [0.005, 0.01, 0.5, 1];
const durations = [0, 0.004, 0.005, 0.0051, 0.01, 0.3, 0.5, 0.75, 1, 1.0001, 120];

/** Leave out the member for exemplars, which only prom-client's own histogram has. */
function plain(snapshot: unknown): unknown {
  return JSON.parse(JSON.stringify(snapshot, (key, value) => (key === 'exemplar' ? undefined : (value as unknown))));
}

test("durations are printed, and read for sums, exactly as prom-client's own histogram does", async () => {
  const [own, theirs] = [new Registry(), new Registry()];
  const [name, help] = ['gateway_test_seconds', 'A test.'];
  const add = durationHistogram({ name, help, labelName: 'operation', buckets, registers: [own] });
  const histogram = new Histogram({ name, help, labelNames: ['operation'], buckets, registers: [theirs] });
  for (const operation of ['rebuild', 'a "quoted" one'])
    for (const seconds of durations) {
      add(operation, seconds);
      histogram.observe({ operation }, seconds);
    }
  assert.equal(await own.metrics(), await theirs.metrics());
  assert.match(await own.metrics(), /gateway_test_seconds_bucket\{le="0\.5",operation="rebuild"\} 7/);
  assert.deepEqual(plain(await own.getMetricsAsJSON()), plain(await theirs.getMetricsAsJSON()));
});

test('a histogram without durations has no series', async () => {
  const registry = createRegistry();
  durationHistogram({
    name: 'gateway_test_seconds',
    help: 'A test.',
    labelName: 'operation',
    buckets,
    registers: [registry],
  });
  const text = await registry.metrics();
  assert.match(text, /# TYPE gateway_test_seconds histogram/);
  assert.doesNotMatch(text, /gateway_test_seconds_(?:bucket|sum|count)/);
});
