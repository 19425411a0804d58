import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';

const src = join(import.meta.dirname, '../../src');

/** Collect the files and the libraries that are loaded with a file: those that it imports at its start, and so on. */
function loadedWith(file: string, found = new Set<string>()): ReadonlySet<string> {
  const name = relative(src, file);
  if (found.has(name)) return found;
  found.add(name);
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:im|ex)port\s+(?!type\b)(?:[^;]*?from\s+)?'([^']+)';/gms);
  for (const [, target = ''] of imports) {
    if (target.startsWith('.')) loadedWith(join(file, '..', target), found);
    else found.add(target);
  }
  return found;
}

test('serving loads no command, and no library of the command line', () => {
  for (const entry of ['main.ts', 'process/single.ts', 'process/workers/primary.ts', 'process/workers/worker.ts']) {
    const loaded = [...loadedWith(join(src, entry))];
    assert.ok(loaded.length > 10);
    assert.deepEqual(
      loaded.filter((name) => name === 'commander' || name.startsWith('cli/')),
      [],
      entry,
    );
  }
});

test('a command loads nothing that serves', () => {
  const loaded = [...loadedWith(join(src, 'main.ts'))];
  assert.ok(loaded.includes('config/mistakes.ts'));
  assert.deepEqual(
    loaded.filter((name) => /^(?:http|observe|upstream|compute|ledger)\/|^winston$/.test(name)),
    [],
  );
});

test('the list of commands loads none of what they do', () => {
  const loaded = [...loadedWith(join(src, 'cli/program/run-commands.ts'))];
  assert.deepEqual(
    loaded.filter((name) =>
      /^(?:compute|http|upstream|schema|server|process|observe|xml)\/|^ledger\/(?:memory|open|postgres|sqlite)\//.test(
        name,
      ),
    ),
    [],
  );
});

test('translate loads no server', () => {
  const loaded = [...loadedWith(join(src, 'cli/translate/run-translate.ts'))];
  assert.ok(loaded.includes('http/translate/translate.ts'));
  const serving = /^(?:server|process)\/|^(?:express|http-proxy-middleware|winston|prom-client|pg|@opentelemetry\/.*)$/;
  assert.deepEqual(
    loaded.filter((name) => serving.test(name)),
    [],
  );
});
