import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowedNoise, NoiseWatch } from '../../bench/rig/noise.ts';

function noiseOf(slowEvery: number): number {
  let loop = 0;
  const watch = new NoiseWatch(() => ((loop += 1) % slowEvery === 0 ? 30 : 10));
  watch.sample();
  return watch.noise;
}

test('a result is published if the fixed loop takes the same time throughout', () => {
  const watch = new NoiseWatch(() => 10);
  watch.sample();
  watch.sample();
  assert.equal(watch.noise, 1);
  assert.doesNotThrow(() => watch.assertQuiet());
});

test('a machine that becomes slower between two measurements is refused with the seen and the allowed value', () => {
  let milliseconds = 10;
  const watch = new NoiseWatch(() => milliseconds);
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
  assert.throws(() => new NoiseWatch(() => 10).assertQuiet(), /noisy/);
});
