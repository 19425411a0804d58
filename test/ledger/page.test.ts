// Protects src/ledger/page: a long page of the ledger lets the exchanges in between have their turns.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { printLedgerPage, readLedgerPage } from '../../src/ledger/page/ledger-page.ts';
import { countOf, keyOf, runOf } from './ledger-values.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-ledger-'));
after(() => rmSync(folder, { recursive: true }));

const rows = 6000;
/** Rows after which others must have had a turn: they take a millisecond or two. */
const rowsOfTurn = 500;

for (const place of ['memory', `sqlite:${join(folder, 'page.db')}`]) {
  test(`reading ${rows} counts does not hold the event loop (${place.slice(0, 6)})`, async () => {
    const store = await openLedgerStore(place, { access: 'keep' });
    const counts = Array.from({ length: rows }, (_, at) =>
      countOf('2026-01-01', { key: keyOf({ agent: `agent ${at}` }) }),
    );
    await store.write(runOf('a'), counts);
    const { result: page, turns } = await turnsDuring(() => readLedgerPage(store));
    assert.equal(page.days.length, rows);
    assert.ok(turns >= rows / rowsOfTurn, `${turns} turns`);
    const printed = await turnsDuring(() => printLedgerPage(page));
    assert.deepEqual(JSON.parse(printed.result.toString()), JSON.parse(JSON.stringify(page)));
    assert.ok(printed.turns >= (2 * rows) / rowsOfTurn, `${printed.turns} turns`);
    await store.trim('2026-01-02', '2025-01-01');
    const { histories } = await readLedgerPage(store);
    await store.close();
    assert.equal(new Set(histories.map(({ key }) => key)).size, rows);
  });
}

/** Count the turns of the event loop that others have while something is done. */
async function turnsDuring<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly turns: number }> {
  let turns = 0;
  const takeTurn = (): void => {
    turns += 1;
    next = setImmediate(takeTurn);
  };
  let next = setImmediate(takeTurn);
  const result = await work();
  clearImmediate(next);
  return { result, turns };
}
