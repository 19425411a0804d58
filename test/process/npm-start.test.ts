import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';

test('SIGTERM to npm start reaches the gateway, which drains', async () => {
  const npm = spawn('npm', ['start', '--silent'], {
    cwd: join(import.meta.dirname, '../..'),
    env: {
      ...process.env,
      GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:1',
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
  await once(npm.stdout, 'end');
  assert.match(output, /"draining"/);
  assert.match(output, /"stopped"/);
});
