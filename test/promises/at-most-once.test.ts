import { test } from 'node:test';
import { exchanges, playChaos, seed } from './chaos.ts';

// Holds: one dispatch of a change, and one retry at the most of a GET, in send-whole.ts and by-undici.ts, their state that tells 503 from 504, the timeouts of connections.ts
// and first-outcome.ts, and the break of stream.ts.
test(`${exchanges} exchanges with a cloud and callers that break at random, seed ${seed}`, (context) =>
  playChaos(context, () => Infinity));
