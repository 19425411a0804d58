import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../promises/random.ts';
import { callerTargets } from './callers/targets.ts';
import { slowestTexts } from './slowest-texts.ts';

/** A longer run: `HOSTILE_TEXTS=20000 HOSTILE_SEED=7 npm run test:timing`. */
const count = Number(process.env['HOSTILE_TEXTS'] ?? 100);
const seed = Number(process.env['HOSTILE_SEED'] ?? 1);
const shown = 3;

describe(`no text of a caller holds the event loop (seed ${seed}, ${count} texts)`, () => {
  for (const target of callerTargets) {
    test(target.name, async () => {
      const costs = await slowestTexts(target, createRandom(seed), count);
      for (const { text, ms } of costs.slice(0, shown)) console.log(`# ${ms.toFixed(1)} ms: ${text.name}`);
      const faults = costs.filter(({ fault }) => fault !== undefined);
      assert.deepEqual(
        faults.slice(0, 10).map(({ text, fault }) => `${fault}: ${text.name}`),
        [],
      );
    });
  }
});
