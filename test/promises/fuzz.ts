/** Long runs of the fuzzer: `npm run fuzz -- --minutes 10 --seed 1`. A failure is printed with its seed and path. */

import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { startTestGateway } from '../support/gateway.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';
import { throughCodecs, throughGateway, tries } from './fuzzing.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const end = performance.now() + Number(values.minutes) * 60_000;
const roundSize = 2000;
let seed = Number(values.seed);
let count = 0;
console.log(`seed ${seed}`);
for (; performance.now() < end; seed += 1) {
  // The log of a gateway is kept in these tests: a new one for each round.
  const cloud = await startScriptedCloud();
  const gateway = await startTestGateway(cloud.url);
  try {
    fc.assert(
      fc.property(tries, (given) => throughCodecs(given)),
      { seed, numRuns: roundSize * 2 },
    );
    await fc.assert(
      fc.asyncProperty(tries, (given) => throughGateway(given, gateway, cloud)),
      { seed, numRuns: roundSize },
    );
    count += roundSize * 3;
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}
console.log(`${count} cases, none failed; the next seed is ${seed}`);
