import { test } from 'node:test';
import * as fc from 'fast-check';
import { startTestGateway } from '../support/gateway.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';
import { throughCodecs, throughGateway, tries } from './fuzzing.ts';

const seed = 20_140_417;
/** Enough for a few of every operation; `npm run fuzz` goes on for as long as one likes. */
const limits = { seed, numRuns: 100_000, interruptAfterTimeLimit: 4000, markInterruptAsFailure: false };

// Holds every reader and writer against what the grammar of their own messages leads to, changed a little.
test('mutated requests and answers give values or faults, and what a cloud is sent reads as the same value', () => {
  fc.assert(
    fc.property(tries, (given) => throughCodecs(given)),
    limits,
  );
});

// Holds the whole road: no internal error, no 5xx for a caller's mistake, well-formed answers, no secret in a fault.
test('mutated requests and answers pass through a running gateway as documents or faults', async (context) => {
  const cloud = await startScriptedCloud();
  context.after(() => cloud.stop());
  const gateway = await startTestGateway(cloud.url);
  context.after(() => gateway.stop());
  await fc.assert(
    fc.asyncProperty(tries, (given) => throughGateway(given, gateway, cloud)),
    limits,
  );
});
