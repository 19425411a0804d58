import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { fixedLimits } from '../../src/config/fixed-limits.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { refusingUrl } from '../support/raw-cloud.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await startTestGateway(refusingUrl);
});
after(() => gateway.stop());

test('the admin port only reads: any other method is 405 and says which are allowed', async () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    for (const path of ['/livez', '/metrics', '/other']) {
      const { status, headers } = await call(gateway.adminUrl, { method, path });
      assert.deepEqual([status, headers['allow']], [405, 'GET, HEAD']);
    }
  }
});

test('HEAD of the admin port has the status of GET and no body', async () => {
  for (const [path, expected] of Object.entries({ '/livez': 200, '/metrics': 200, '/other': 404 })) {
    const { status, body } = await call(gateway.adminUrl, { method: 'HEAD', path });
    assert.deepEqual([status, body], [expected, '']);
  }
});

test('a header of more than 8 KiB is refused by the admin port', async () => {
  const { status } = await call(gateway.adminUrl, {
    method: 'GET',
    path: '/livez',
    headers: { 'X-A': 'a'.repeat(9000) },
  });
  assert.equal(status, 431);
});

// Guard: `maxConnections` of admin.ts.
test('the admin port closes connections beyond 256 at once, and serves on when others are gone', async () => {
  const { port } = new URL(gateway.adminUrl);
  let closed = 0;
  const sockets = Array.from({ length: fixedLimits.adminConnections + 3 }, () =>
    connect(Number(port), '127.0.0.1')
      .on('error', () => undefined)
      .on('close', () => (closed += 1)),
  );
  await until(() => closed === 3, 'no connection is closed');
  for (const socket of sockets) socket.destroy();
  await until(
    async () =>
      (await call(gateway.adminUrl, { method: 'GET', path: '/livez' }).catch(() => undefined))?.status === 200,
    'it serves no more',
  );
});
