import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const { engines, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  engines: { node: string };
  scripts: { start: string };
};

/** Run start.js as if node were another version. */
function startOn(version: string): { readonly status: number | null; readonly output: string } {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, join(root, 'start.js'), '--version'],
    { encoding: 'utf8' },
  );
  return { status, output: stdout + stderr };
}

test('npm start on a node that is too old says so, and where to get a newer one', () => {
  assert.match(scripts.start, / start\.js serve$/);
  assert.deepEqual(startOn('20.20.2'), {
    status: 2,
    output:
      'legacy-compute-gateway needs node 24 or newer, and this is node 20.20.2. ' +
      'Install a newer one, or run "npm ci" without --omit=dev: it brings one, which "npm start" then uses.\n',
  });
});

test('the oldest node that start.js accepts is the one in engines', () => {
  assert.equal(engines.node, '>=24');
  assert.equal(startOn('24.0.0').status, 0);
  assert.match(startOn('23.11.0').output, /needs node 24 or newer/);
});
