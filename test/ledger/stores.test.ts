// Protects src/ledger: the stores in memory and in a file keep their contract.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, mock, test } from 'node:test';
import { MemoryStore } from '../../src/ledger/memory/memory-store.ts';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { LedgerStoreError } from '../../src/ledger/store-error.ts';
import { callsHere, sqliteStore } from '../../src/ledger/sqlite/sqlite-store.ts';
import { root } from '../support/documents.ts';
import { countOf, countsIn, keyOf, runOf } from './ledger-values.ts';
import { testStore } from './store-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-ledger-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
const newFile = (): string => join(folder, `ledger-${(files += 1)}.db`);

const { exec: plainExec } = Object.getOwnPropertyDescriptors(DatabaseSync.prototype);
const original = (database: DatabaseSync, sql: string): unknown =>
  Reflect.apply(plainExec.value ?? assert.fail(), database, [sql]);

const hasError =
  (code: string, isLasting: boolean, text: RegExp = /ledger/) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof LedgerStoreError, String(error));
    assert.deepEqual([error.code, error.isLasting], [code, isLasting]);
    assert.match(error.message, text);
    return true;
  };

testStore('the store in memory', () => Promise.resolve(new MemoryStore()));
testStore('the store in a file', () =>
  Promise.resolve(sqliteStore(callsHere({ file: newFile(), access: 'keep', busyMs: 1000 }))),
);
testStore('the store in a file, by a thread', () => openLedgerStore(`sqlite:${newFile()}`, { access: 'keep' }), {
  numRuns: 5,
});

test('a full memory removes its oldest days, and refuses only what is more than a day', async () => {
  const store = new MemoryStore(3);
  for (const day of ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-10'])
    await store.write(runOf('a'), [countOf(day)]);
  assert.deepEqual(
    (await countsIn(store)).map(({ day }) => day),
    ['2026-01-02', '2026-01-03', '2026-01-10'],
  );
  assert.equal((await store.histories()).length, 1);
  const tooMany = ['a', 'b', 'c', 'd'].map((project) => countOf('2026-01-10', { key: keyOf({ project }) }));
  await assert.rejects(store.write(runOf('a'), tooMany), hasError('ELEDGERFULL', false));
});

test('a file is read while a gateway writes to it, and several gateways write to it', async () => {
  const text = `sqlite:${newFile()}`;
  const gateways = await Promise.all([1, 2, 3].map(() => openLedgerStore(text, { access: 'keep' })));
  const writeAll = gateways.map(async (store, gateway) => {
    for (let index = 0; index < 20; index += 1)
      await store.write(runOf(`boot-${gateway}`), [countOf('2026-01-01', { answered: index + 1 })]);
  });
  const reader = await openLedgerStore(text, { access: 'read' });
  const seen = (await countsIn(reader)).reduce((sum, { answered }) => sum + answered, 0);
  await Promise.all(writeAll);
  assert.ok(seen <= 60);
  assert.deepEqual(await countsIn(reader), [countOf('2026-01-01', { answered: 60 })]);
  for (const store of [...gateways, reader]) await store.close();
});

test('a missing file is neither read nor created', async () => {
  const file = newFile();
  for (const access of ['read', 'change'] as const)
    await assert.rejects(openLedgerStore(`sqlite:${file}`, { access }), hasError('ENOENT', true, /does not exist/));
  assert.equal(existsSync(file), false);
});

test('a report changes nothing: it cannot write', async () => {
  const file = newFile();
  await (await openLedgerStore(`sqlite:${file}`, { access: 'keep' })).close();
  const reader = await openLedgerStore(`sqlite:${file}`, { access: 'read' });
  await assert.rejects(reader.write(runOf('a'), []), hasError('SQLITE_READONLY', true));
  await reader.close();
});

test('texts that name no store are refused without being repeated', async () => {
  for (const text of ['', 'sqlite:', 'redis://x:secret@y', 'memory', 'off', '/var/ledger.db'])
    await assert.rejects(openLedgerStore(text, { access: 'read' }), (error: unknown) => {
      assert.ok(hasError('EINVAL', true)(error));
      assert.doesNotMatch(String(error), /secret/);
      return true;
    });
});

test('a file that can never be used is refused at once', async () => {
  const noDatabase = newFile();
  writeFileSync(noDatabase, 'plain text, long enough to be no empty file');
  await assert.rejects(openLedgerStore(`sqlite:${noDatabase}`, { access: 'keep' }), hasError('SQLITE_NOTADB', true));
  const nowhere = join(folder, 'missing', 'ledger.db');
  await assert.rejects(
    openLedgerStore(`sqlite:${nowhere}`, { access: 'keep' }),
    hasError('ENOENT', true, /folder must exist/),
  );
  await assert.rejects(openLedgerStore(`sqlite:${folder}`, { access: 'keep' }), hasError('SQLITE_CANTOPEN', true));
});

test('a file of a newer gateway is refused, and not changed', async () => {
  const file = newFile();
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE run (id INTEGER); PRAGMA user_version = 999');
  database.close();
  for (const access of ['keep', 'read', 'change'] as const)
    await assert.rejects(
      openLedgerStore(`sqlite:${file}`, { access }),
      hasError('ELEDGERSCHEMA', true, /newer gateway/),
    );
});

test('a file that another process locks is opened, and written later', async () => {
  const file = newFile();
  await (await openLedgerStore(`sqlite:${file}`, { access: 'keep' })).close();
  const other = new DatabaseSync(file);
  other.exec('BEGIN EXCLUSIVE');
  const store = sqliteStore(callsHere({ file, access: 'keep', busyMs: 1 }));
  await assert.rejects(store.write(runOf('a'), [countOf('2026-01-01')]), hasError('SQLITE_BUSY', false));
  other.exec('ROLLBACK');
  await store.write(runOf('a'), [countOf('2026-01-01')]);
  assert.equal((await countsIn(store)).length, 1);
  other.close();
  await store.close();
});

test('a full disk refuses a write as a whole, and the same write succeeds when there is room', async () => {
  const file = newFile();
  await (await openLedgerStore(`sqlite:${file}`, { access: 'keep' })).close();
  // The limit of pages holds for one connection, so each that is opened gets it.
  const exec = mock.method(DatabaseSync.prototype, 'exec', function limited(this: DatabaseSync, sql: string) {
    original(this, sql);
    if (sql.includes('journal_mode')) original(this, 'PRAGMA max_page_count = 12');
  });
  const counts = Array.from({ length: 2000 }, (_, index) =>
    countOf('2026-01-01', { key: keyOf({ agent: `agent ${index}` }) }),
  );
  try {
    const store = sqliteStore(callsHere({ file, access: 'keep', busyMs: 1 }));
    await assert.rejects(store.write(runOf('a'), counts), hasError('SQLITE_FULL', false, /disk is full/));
    assert.deepEqual(await countsIn(store), []);
    await store.close();
  } finally {
    exec.mock.restore();
  }
  const store = await openLedgerStore(`sqlite:${file}`, { access: 'keep' });
  await store.write(runOf('a'), counts);
  assert.equal((await countsIn(store)).length, 2000);
  await store.close();
});

test('a file that was removed or replaced is noticed, and made again by the next write', async () => {
  const file = newFile();
  const store = await openLedgerStore(`sqlite:${file}`, { access: 'keep' });
  await store.write(runOf('a'), [countOf('2026-01-01')]);
  rmSync(file);
  await assert.rejects(store.write(runOf('a'), [countOf('2026-01-02')]), hasError('ESTALE', false));
  await store.write(runOf('a'), [countOf('2026-01-02')]);
  assert.deepEqual(
    (await countsIn(store)).map(({ day }) => day),
    ['2026-01-02'],
  );
  await store.close();
});

test('a forgotten project leaves no trace in the file', async () => {
  const file = newFile();
  const store = await openLedgerStore(`sqlite:${file}`, { access: 'keep' });
  const key = keyOf({ project: 'project-to-forget', agent: 'agent-to-forget' });
  await store.write(runOf('a'), [countOf('2026-01-01', { key }), countOf('2026-01-01')]);
  await store.forget('project-to-forget');
  for (const name of [file, `${file}-wal`]) assert.doesNotMatch(readFileSync(name, 'latin1'), /to-forget/);
  await store.close();
});

test('only the owner and the group may read the file', async () => {
  const file = newFile();
  await (await openLedgerStore(`sqlite:${file}`, { access: 'keep' })).close();
  assert.equal(statSync(file).mode & 0o007, 0);
});

test('a copy of the file is read from a folder that may not be written to', async () => {
  const file = newFile();
  const store = await openLedgerStore(`sqlite:${file}`, { access: 'keep' });
  await store.write(runOf('a'), [countOf('2026-01-01')]);
  await store.close();
  const sealed = join(folder, 'sealed');
  mkdirSync(sealed);
  copyFileSync(file, join(sealed, 'ledger.db'));
  chmodSync(join(sealed, 'ledger.db'), 0o444);
  chmodSync(sealed, 0o555);
  chmodSync(folder, 0o755);
  const script = `
    import { openLedgerStore } from ${JSON.stringify(join(root, 'src/ledger/open/open-store.ts'))};
    const reader = await openLedgerStore('sqlite:${join(sealed, 'ledger.db')}', { access: 'read' });
    for await (const { day } of reader.read('1970-01-01')) console.log(day);`;
  // Root may write everywhere, so another user reads.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const read = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', ...user });
  chmodSync(sealed, 0o755);
  assert.equal(read.stdout, '2026-01-01\n', read.stderr);
});
