import { describe, test } from 'node:test';
import { createRandom } from '../promises/random.ts';
import { callerTargets } from './callers/targets.ts';
import { assertNoneHolds } from './slowest-texts.ts';

/** A longer run: `HOSTILE_TEXTS=20000 HOSTILE_SEED=7 npm run test:timing`. */
const count = Number(process.env['HOSTILE_TEXTS'] ?? 100);
const seed = Number(process.env['HOSTILE_SEED'] ?? 1);
const shown = 3;

describe(`no text of a caller holds the event loop (seed ${seed}, ${count} texts)`, () => {
  for (const target of callerTargets) {
    test(target.name, () => assertNoneHolds(target, createRandom(seed), count, shown));
  }
});
