import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { inTime } from '../support/in-time.ts';

test('SIGTERM to npm start reaches the gateway, which drains', async () => {
  const npm = spawn('npm', ['start', '--silent'], {
    // A group of its own, which can be killed as a whole.
    detached: true,
    cwd: join(import.meta.dirname, '../..'),
    env: {
      ...process.env,
      GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:1',
      GATEWAY_UPSTREAM_PROFILE: 'nova',
      GATEWAY_PORT: '0',
      GATEWAY_ADMIN_PORT: '0',
      GATEWAY_LOG_FORMAT: 'json',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  npm.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes('"ready"') && !npm.killed) npm.kill('SIGTERM');
  });
  try {
    await inTime(Promise.all([once(npm.stdout, 'end'), once(npm, 'exit')]), 'npm start does not end');
  } finally {
    if (npm.exitCode === null && npm.signalCode === null && npm.pid !== undefined) process.kill(-npm.pid, 'SIGKILL');
  }
  assert.match(output, /"draining"/);
  assert.match(output, /"stopped"/);
});
