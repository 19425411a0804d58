// The months that the demo's ledger pretends to have counted.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDemoLedger } from '../../examples/demo/month/demo-ledger.ts';
import { simulatedCallers } from '../../examples/demo/month/simulated-callers.ts';
import { simulatedCounts } from '../../examples/demo/month/simulated-counts.ts';
import { loadConfig } from '../../src/config/load.ts';
import { hasSimulatedRun } from '../../src/ledger/simulated.ts';
import { needPartsOf } from '../../src/need-reasons.ts';
import { createLog } from '../../src/observe/log.ts';
import { coverageOf } from '../../src/way-out/data-gaps.ts';

const now = Date.parse('2026-06-17T11:30:00Z');

const configFor = (store: string) =>
  loadConfig({
    GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:9',
    GATEWAY_UPSTREAM_PROFILE: 'ecs',
    GATEWAY_LEDGER_STORE: store,
    GATEWAY_LOG_LEVEL: 'error',
  });

test('the simulated months are what a ledger may hold: known reasons, short names, no day twice, nothing after now', () => {
  const counts = simulatedCounts(simulatedCallers, now);
  assert.ok(counts.length > 3000 && counts.length < 10_000, String(counts.length));
  for (const { key, day, first, last, answered, failed } of counts) {
    assert.notEqual(needPartsOf(key.reason), undefined, key.reason);
    assert.ok(key.project.length <= 64 && key.agent.length <= 64, key.agent);
    assert.ok(first <= last && last <= now);
    assert.equal(new Date(first).toISOString().slice(0, 10), day);
    assert.ok(answered + failed > 0);
  }
  assert.equal(new Set(counts.map(({ key, day }) => JSON.stringify([day, key]))).size, counts.length);
  assert.ok(counts.some(({ day }) => day === '2026-06-17'));
});

test('the months are put into an empty ledger, say that they are simulated, and have days without data', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-demo-month-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const config = configFor(`sqlite:${join(folder, 'ledger.db')}`);
  const log = createLog(config.log);
  const first = await openDemoLedger(config, log);
  assert.equal(first.isSimulated, true);
  const runs = (await first.ledger?.store.runs()) ?? [];
  assert.ok(hasSimulatedRun(runs));
  assert.equal(coverageOf(runs, Date.now()).gaps.length, 1);
  await first.ledger?.close(5000);

  const second = await openDemoLedger(config, log);
  assert.equal(second.isSimulated, false, 'a store that has data stays as it is');
  await second.ledger?.close(5000);
});

test('a demo whose ledger is off counts nothing', async () => {
  const config = configFor('off');
  assert.deepEqual(await openDemoLedger(config, createLog(config.log)), { ledger: undefined, isSimulated: false });
});
