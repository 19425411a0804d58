import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { createAdmin, type AdminContext } from '../../src/server/admin/admin.ts';
import { call } from '../support/http.ts';
import { testSettings } from '../support/settings.ts';

test('an unexpected error of a page is 500 and a log line without its message, and the port serves on', async () => {
  const lines: unknown[] = [];
  const context: Partial<AdminContext> = {
    isReady: () => {
      throw new TypeError('canary of the message');
    },
    metrics: {} as AdminContext['metrics'],
    live: {} as AdminContext['live'],
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (...line) => void lines.push(line),
      writeLine: () => undefined,
      close: () => Promise.resolve(),
    },
  };
  const config = loadConfig({ ...testSettings, GATEWAY_ADMIN_PORT: '0' });
  // The pages that are asked for use nothing else of the context.
  const admin = createAdmin(config, { token: undefined, tls: undefined }, context as AdminContext);
  const url = await admin.listen();
  try {
    const { status, body } = await call(url, { method: 'GET', path: '/readyz' });
    assert.equal(status, 500);
    assert.doesNotMatch(body, /canary/);
    assert.equal(lines.length, 1);
    const [[event, fields]] = lines as [[string, { error: string; at: string[] }]];
    assert.deepEqual([event, fields.error], ['admin defect', 'TypeError']);
    assert.ok(fields.at.length > 0);
    assert.doesNotMatch(JSON.stringify(lines), /canary/);
    assert.equal((await call(url, { method: 'GET', path: '/livez' })).status, 200);
  } finally {
    await admin.close();
  }
});
