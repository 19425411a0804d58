import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { call } from '../support/http.ts';
import { inTime, until } from '../support/in-time.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';
import { assertNoSecrets, loginWords, secretLogins } from './secret-logins.ts';

// Guards: as those of login-canaries.test.ts; here in lines for people, and by the script that operators start.
test('npm start writes no secret of a login in lines of text', async () => {
  const message = `refused ${JSON.stringify(loginWords)}`;
  const service = await startScriptedCloud({ status: 401, body: JSON.stringify({ error: { code: 401, message } }) });
  const npm = spawn('npm', ['start', '--silent'], {
    // A group of its own, which can be killed as a whole.
    detached: true,
    cwd: join(import.meta.dirname, '../..'),
    env: {
      PATH: process.env['PATH'],
      GATEWAY_UPSTREAM_URL: refusingUrl,
      GATEWAY_UPSTREAM_PROFILE: 'nova',
      GATEWAY_IDENTITY_URL: service.url,
      GATEWAY_IDENTITY_FAILURES_MAX: '5',
      GATEWAY_PORT: '0',
      GATEWAY_ADMIN_PORT: '0',
      GATEWAY_LOG_FORMAT: 'text',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  npm.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  npm.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  try {
    const urlIn = (): string | undefined => /\bready\b.*?(http:\/\/[\d.]+:\d+)/.exec(output)?.[1];
    await until(() => urlIn() !== undefined, 'npm start does not get ready');
    const requests = Object.values(secretLogins);
    for (const request of requests) {
      const { headers, body } = await call(urlIn() ?? '', request);
      if (!request.path.startsWith('/v3')) assertNoSecrets(JSON.stringify(headers) + body, request.path);
    }
    await until(
      () => output.split('\n').filter((line) => line.includes('exchange')).length >= requests.length,
      'no lines',
    );
    npm.kill('SIGTERM');
    await inTime(Promise.all([once(npm.stdout, 'end'), once(npm, 'exit')]), 'npm start does not end');
  } finally {
    if (npm.exitCode === null && npm.signalCode === null && npm.pid !== undefined) process.kill(-npm.pid, 'SIGKILL');
    await service.stop();
  }
  assert.ok(output.includes('/v2.0/tokens/***'));
  assertNoSecrets(output, 'the log');
  assertNoSecrets(errors, 'stderr');
});
