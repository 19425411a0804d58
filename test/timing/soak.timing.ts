import assert from 'node:assert/strict';
import { measured } from './measured.ts';
import { complaintsOf, soak } from '../promises/soak/soak.ts';

/*
 * `npm run soak` for a few seconds. The guards are many: clearTimeout and removeEventListener in first-outcome.ts, clearTimeout in
 * deadline.ts, the bytes that budget.ts releases, the ends that by-proxy.ts, by-undici.ts and access-log.ts listen for.
 */

measured(
  'half of the maximum rate with faults mixed in leaves no memory, no descriptor and no request behind',
  async () => {
    const report = await soak({ calibrationMs: 1000, warmUpMs: 2000, loadMs: 4000, sampleMs: 500 });
    assert.deepEqual(complaintsOf(report), []);
    assert.ok(report.tally.answered > 300, `${report.tally.answered} answered`);
    assert.ok(report.samples.length >= 3);
  },
);
