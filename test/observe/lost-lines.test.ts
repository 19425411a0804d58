// Guards: countLostLine in src/observe/lines/line-writer.ts, and addLogCounter in both kinds of metrics.
import assert from 'node:assert/strict';
import { existsSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { fixedLimits } from '../../src/config/fixed-limits.ts';
import { LineWriter } from '../../src/observe/lines/line-writer.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { createPrimaryMetrics, sumSnapshots } from '../../src/observe/primary-metrics.ts';

/** A disk without space: each write to it fails with ENOSPC. */
const fullDisk = '/dev/full';

test(
  'lines that a full disk loses are counted while it is full, with one process and with several',
  { skip: !existsSync(fullDisk) && `needs ${fullDisk}` },
  async () => {
    const metrics = createMetrics({ version: '1', profile: 'nova', members: new Set(), needs: [], inFlight: () => 0 });
    assert.match(await metrics.text(), /^gateway_log_lines_lost_total 0$/m);

    // It stays open: the writer tries again until the process ends.
    const writer = new LineWriter(openSync(fullDisk, 'w'), (count) => `${count} lines lost`);
    const line = 'x'.repeat(fixedLimits.logHeldBytes / 8 - 1);
    for (let n = 0; n < 11; n += 1) writer.add(line);
    // Eight are held for a reader that goes on.
    assert.match(await metrics.text(), /^gateway_log_lines_lost_total 3$/m);
    assert.match(await metrics.text(), /^gateway_log_lines_lost_total 3$/m);

    const primary = createPrimaryMetrics(() => 1);
    const both = sumSnapshots([await metrics.snapshot(), await primary.snapshot()]);
    // Here they are one process, which has lost three.
    assert.match(await both.text(), /^gateway_log_lines_lost_total 6$/m);
  },
);
