import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentsOf, sources } from './sources.ts';

test('docblocks begin with a verb or a noun, not with "What" or "Whether"', () => {
  const inverted = sources.flatMap((source) =>
    commentsOf(source)
      .filter((comment) => /^\/\*\*[\s*]*(?:What|Whether)\b/.test(comment))
      .map((comment) => `${source}: ${comment.slice(0, 70)}`),
  );
  assert.deepEqual(inverted, []);
});
