// Guards: version-feed.ts, faultBytes and wholeDocumentBytes in fixed-limits.ts, mostInSlice in read-slices.ts, longestMatch in
// link-rewriter.ts, longestPage in cloud-fault.ts, longestSearched in redact-message.ts, and the linear search of quotations/.
import { describe, test } from 'node:test';
import { createRandom } from '../promises/random.ts';
import { cloudTargets } from './clouds/targets.ts';
import { assertNoneHolds } from './slowest-texts.ts';

/** A longer run: `HOSTILE_TEXTS=20000 HOSTILE_SEED=7 npm run test:timing`. */
const count = Number(process.env['HOSTILE_TEXTS'] ?? 200);
const seed = Number(process.env['HOSTILE_SEED'] ?? 1);
const shown = 2;

describe(`no text of a cloud holds the event loop (seed ${seed}, ${count} texts)`, () => {
  for (const target of cloudTargets) {
    test(target.name, () => assertNoneHolds(target, createRandom(seed), count, shown));
  }
});
