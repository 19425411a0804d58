import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentsOf, roomOf, sources } from './sources.ts';

/** The docblocks of each room that still begin with "What" or "Whether"; a room that is not named has none. */
const most: Readonly<Record<string, number>> = {
  'fault.ts': 3,
  compute: 23,
  media: 3,
  schema: 34,
  server: 1,
  upstream: 25,
  xml: 13,
};

test('docblocks begin with a verb or a noun, not with "What" or "Whether"', () => {
  const inverted = sources.flatMap((source) =>
    commentsOf(source)
      .filter((comment) => /^\/\*\*\s*(?:What|Whether)\b/.test(comment))
      .map((comment) => ({ room: roomOf(source), told: `${source}: ${comment.slice(4, 70)}` })),
  );
  for (const [room, found] of Map.groupBy(inverted, (each) => each.room)) {
    assert.ok(found.length <= (most[room] ?? 0), `${room}: ${found.map(({ told }) => told).join('\n')}`);
  }
});
