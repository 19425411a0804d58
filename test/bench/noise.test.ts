import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseCores } from '../../bench/processes/machine.ts';
import { allowedNoise, NoiseWatch, timersFor } from '../../bench/rig/noise.ts';

function noiseOf(slowEvery: number): number {
  const times = Array.from({ length: 20 }, (_, loop) => ((loop + 1) % slowEvery === 0 ? 30 : 10));
  const watch = new NoiseWatch([() => times]);
  watch.sample();
  return watch.noise;
}

test('a result is published if the fixed loop takes the same time throughout', () => {
  const watch = new NoiseWatch([() => [10, 10]]);
  watch.sample();
  watch.sample();
  assert.equal(watch.noise, 1);
  assert.doesNotThrow(() => watch.assertQuiet());
});

test('one core that becomes slower between two measurements is refused with the seen and the allowed value', () => {
  let milliseconds = 10;
  const watch = new NoiseWatch([() => [10], () => [milliseconds]]);
  watch.sample();
  milliseconds = 15;
  watch.sample();
  assert.throws(() => watch.assertQuiet(), new RegExp(`took 1\\.50 times the fastest; at most ${allowedNoise} is`));
});

test('one slow loop among twenty is an interrupt, five are a noisy machine', () => {
  assert.equal(noiseOf(20), 1);
  assert.equal(noiseOf(4), 3);
});

test('without a sample nothing is published', () => {
  assert.throws(() => new NoiseWatch([() => [10, 10]]).assertQuiet(), /noisy/);
});

test('the fixed loop is timed on each core of the measurements', () => {
  for (const timer of timersFor(chooseCores())) {
    const times = timer();
    assert.equal(times.length, 20);
    assert.ok(times.every((time) => time > 0));
  }
});
