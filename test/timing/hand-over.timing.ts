// Guards: hand-over.ts of src/console/ledger: a ledger in memory is handed to the console's thread while callers are served.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { fixedLimits } from '../../src/config/fixed-limits.ts';
import type { HandedOver } from './handed-over.ts';

const keys = fixedLimits.ledgerMemoryCells;
/** The longest turn of the event loop, in milliseconds of its thread's processor time. */
const mostTurnMs = 20;

test(`a ledger in memory with ${keys} keys, and as many histories, holds the event loop for less than ${mostTurnMs} ms while it is handed over`, async (context) => {
  const owner = new Worker(new URL('handed-over.ts', import.meta.url));
  const turns: number[] = [];
  owner.on('message', ({ counts, histories, turnMs }: HandedOver) => {
    assert.deepEqual([counts, histories], [keys, keys]);
    turns.push(turnMs);
  });
  const [code] = (await once(owner, 'exit')) as [number];
  assert.equal(code, 0);
  assert.ok(turns.length > 1);
  context.diagnostic(turns.map((turn) => `${turn.toFixed(1)} ms`).join(', '));
  assert.ok(Math.min(...turns) < mostTurnMs);
});
