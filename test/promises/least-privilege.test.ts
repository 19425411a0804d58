import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { serving, spawnGateway } from '../process/gateway-process.ts';
import { call } from '../support/http.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { startSoakCloud } from './soak/soak-cloud.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Node itself refuses to write a file, and to start a process or a thread. */
const confined = '--permission --allow-fs-read=*';

// Guard: nothing in src writes; a cache, a file of its own or a child process would be refused here.
test('the process serves both roads though it may write no file and start no process', async () => {
  const cloud = await startSoakCloud();
  const gateway = spawnGateway(serving(cloud.url, { NODE_OPTIONS: confined }));
  try {
    const { url, adminUrl } = await gateway.ready();
    assert.equal((await call(url, rebuildRequest('xml'))).status, 202);
    assert.equal((await call(url, rebuildRequest('xml', '<rebuild'))).status, 400);
    assert.equal((await call(url, { method: 'GET', path: '/v2.1/os-gadgets' })).status, 200);
    assert.equal((await call(adminUrl, { method: 'GET', path: '/metrics' })).status, 200);
    gateway.child.kill('SIGHUP');
    gateway.child.kill('SIGTERM');
    assert.equal(await gateway.ended(), 0);
    assert.equal(gateway.stderr(), '');
  } finally {
    gateway.kill();
    await gateway.ended();
    await cloud.stop();
  }
});

// Guard: the confinement itself; without it the test above would show nothing.
test('what that test relies on does refuse to write', async () => {
  const gateway = spawnGateway(
    serving('http://127.0.0.1:1', {
      NODE_OPTIONS: `${confined} --import=data:text/javascript,import{writeFileSync}from'fs';writeFileSync('/tmp/x-gateway','')`,
    }),
  );
  assert.notEqual(await gateway.ended(), 0);
  assert.match(gateway.stderr(), /ERR_ACCESS_DENIED/);
});

test('the image runs as a user that is not root, and no signal opens a debugger', () => {
  const users = [...read('Dockerfile').matchAll(/^USER (.+)$/gm)].map(([, user]) => user);
  assert.match(users.at(-1) ?? 'root', /^[1-9]\d*$/);
  assert.match(
    read('Dockerfile'),
    /^CMD \["node", "--disable-sigusr1", "--max-semi-space-size=16", "--v8-pool-size=1", "dist\/main\.js"\]$/m,
  );
});

// Guard: the host in askHealth; bound apart, the admin port is not where it was by default.
test('the health check of the image asks where the admin port is bound', async () => {
  const [, command = ''] = /^HEALTHCHECK .*CMD (\[.+\])$/m.exec(read('Dockerfile')) ?? [];
  const [, program, ...args] = JSON.parse(command) as string[];
  assert.equal(program, 'dist/main.js');
  for (const host of ['0.0.0.0', '127.0.0.2']) {
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_ADMIN_HOST: host }));
    try {
      const { adminUrl } = await gateway.ready();
      const env = { GATEWAY_ADMIN_HOST: host, GATEWAY_ADMIN_PORT: new URL(adminUrl).port };
      assert.equal(
        spawnSync(process.execPath, [join(root, 'src/main.ts'), ...args], { env, timeout: 20_000 }).status,
        0,
        host,
      );
    } finally {
      gateway.kill();
      await gateway.ended();
    }
  }
});

test('the Dockerfile says how it is run: read-only, and without capabilities', () => {
  const told = /^# .*docker run (.+)$/m.exec(read('Dockerfile'))?.[1] ?? '';
  for (const flag of ['--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges'])
    assert.ok(told.includes(flag), flag);
});

test('each example for Kubernetes takes all privileges away from the gateway', () => {
  const files = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yaml'));
  assert.ok(files.length > 1);
  for (const file of files) {
    const text = read(`examples/${file}`);
    for (const line of [
      'runAsNonRoot: true',
      'readOnlyRootFilesystem: true',
      'allowPrivilegeEscalation: false',
      'capabilities: { drop: [ALL] }',
      'seccompProfile: { type: RuntimeDefault }',
    ]) {
      assert.ok(text.includes(line), `${file}: ${line}`);
    }
  }
});
