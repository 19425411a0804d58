// Protects src/ledger/page: a long page of the ledger lets the exchanges in between have their turns.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { readLedgerPage } from '../../src/ledger/page/ledger-page.ts';
import { countOf, keyOf, runOf } from './ledger-values.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-ledger-'));
after(() => rmSync(folder, { recursive: true }));

const rows = 6000;
/** Rows after which others must have had a turn: they take some milliseconds. */
const rowsOfTurn = 1000;

for (const place of ['memory', `sqlite:${join(folder, 'page.db')}`]) {
  test(`reading ${rows} counts does not hold the event loop (${place.slice(0, 6)})`, async () => {
    const store = await openLedgerStore(place, { access: 'keep' });
    const counts = Array.from({ length: rows }, (_, at) =>
      countOf('2026-01-01', { key: keyOf({ agent: `agent ${at}` }) }),
    );
    await store.write(runOf('a'), counts);
    let turns = 0;
    const takeTurn = (): void => {
      turns += 1;
      next = setImmediate(takeTurn);
    };
    let next = setImmediate(takeTurn);
    const page = await readLedgerPage(store);
    clearImmediate(next);
    await store.close();
    assert.equal(page.days.length, rows);
    assert.ok(turns >= rows / rowsOfTurn, `${turns} turns`);
  });
}
