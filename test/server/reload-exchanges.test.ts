// Guards: apps.ts, `beganWith` in express-classes.ts, `adjust` in gate.ts, `forgetProxy` in by-proxy.ts, watched-files.ts.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { mock, test } from 'node:test';
import { makeCertificates } from '../promises/certificates.ts';
import { call, type TestRequest } from '../support/http.ts';
import { inTime, until } from '../support/in-time.ts';
import { rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { gadget, rebuild, startCloud, value, withCloud, type Settings } from './reloaded.ts';

test('an exchange in progress ends at the cloud where it began; the next one begins at the new cloud; each is sent once', async () => {
  const next = await startCloud('second');
  await withCloud({}, async (gateway, cloud) => {
    const release = cloud.hold();
    const running = [rebuild, rebuildRequest('xml'), gadget].map((each) => call(gateway.url, each));
    await until(() => cloud.bodies.length === 3, 'the first cloud was not asked');
    assert.equal(gateway.reload({ GATEWAY_UPSTREAM_URL: next.url }), true);
    assert.equal((await call(gateway.url, rebuild)).status, 202);
    assert.equal((await call(gateway.url, gadget)).headers['x-cloud'], 'second');
    assert.deepEqual([cloud.bodies.length, next.bodies.length], [3, 2]);
    assert.equal((await value(gateway, 'gateway_turns')).value, 2, 'both configurations share the turns');
    release();
    assert.deepEqual(
      (await Promise.all(running)).map(({ status }) => status),
      [202, 202, 202],
    );
    assert.equal((await running[2])?.headers['x-cloud'], 'first');
    assert.deepEqual([cloud.bodies.length, next.bodies.length], [3, 2]);
    await until(() => cloud.open() === 0, 'connections to the first cloud stay open');
  });
  await next.stop();
});

/** Half-sent requests: a translated one, whose body is read whole before the cloud is asked, and a forwarded one, which is streamed. */
const halves = {
  translated: { path: rebuild.path, type: 'application/json', body: String(rebuild.body) },
  streamed: { path: `${gadget.path}/1/action`, type: 'text/plain', body: 'x'.repeat(1000) },
};

for (const [road, { path, type, body }] of Object.entries(halves)) {
  test(`a ${road} request whose body arrives before and after a reload goes to the cloud where it began, once`, async () => {
    const next = await startCloud('second');
    await withCloud({}, async (gateway, cloud) => {
      const outgoing = request(new URL(path, gateway.url), { method: 'POST', headers: { 'Content-Type': type } });
      outgoing.write(body.slice(0, 20));
      await until(async () => (await value(gateway, 'gateway_in_flight')).value === 1, 'the request has not begun');
      assert.equal(gateway.reload({ GATEWAY_UPSTREAM_URL: next.url }), true);
      assert.equal((await call(gateway.url, rebuild)).status, 202);
      outgoing.end(body.slice(20));
      const [answer] = (await inTime(once(outgoing, 'response'), 'no answer')) as [IncomingMessage];
      await text(answer);
      assert.equal(answer.statusCode, 202);
      assert.deepEqual([cloud.bodies.length, next.bodies.length], [1, 1]);
      await until(() => cloud.open() === 0, 'connections to the first cloud stay open');
    });
    await next.stop();
  });
}

test('the next request of an open connection has the new configuration', () =>
  withCloud({}, async (gateway) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (received += chunk));
    const ask = `GET ${gadget.path} HTTP/1.1\r\nHost: x\r\n\r\n`;
    socket.write(ask);
    await until(() => received.includes(serverDocument), 'no answer');
    gateway.reload({ GATEWAY_REQUEST_MAX_HEADER_LINE_BYTES: '64' });
    socket.write(ask.replace('\r\n\r\n', `\r\nX-Long: ${'x'.repeat(100)}\r\n\r\n`));
    await until(() => received.includes('HTTP/1.1 431'), 'the former limit holds');
    socket.destroy();
  }));

test('a lower limit holds for those that wait, and a higher one lets them pass', () =>
  withCloud({ GATEWAY_EXCHANGES_MAX: '4', GATEWAY_PROJECTS_MAX_SHARE: '100' }, async (gateway, cloud) => {
    const release = cloud.hold();
    const running = Array.from({ length: 6 }, () => call(gateway.url, rebuild));
    await until(async () => (await value(gateway, 'gateway_waiting')).value === 2, 'none waits');
    gateway.reload({ GATEWAY_EXCHANGES_MAX: '1' });
    assert.equal(cloud.bodies.length, 4);
    gateway.reload({ GATEWAY_EXCHANGES_MAX: '5' });
    await until(() => cloud.bodies.length === 5, 'the turn that became free was not passed');
    release();
    const answers = await inTime(Promise.all(running), 'not all were answered');
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
    assert.equal(cloud.bodies.length, 6);
    assert.equal((await value(gateway, 'gateway_turns')).value, 0);
  }));

test('the same configuration keeps the connections to the cloud', () =>
  withCloud({ GATEWAY_UPSTREAM_IDLE_MS: '60000' }, async (gateway, cloud) => {
    await call(gateway.url, rebuild);
    assert.equal(gateway.reload(), true);
    await call(gateway.url, rebuild);
    assert.equal(cloud.open(), 1);
  }));

test('50 reloads keep nothing of the streaming proxy, which adds a listener to the server', () =>
  withCloud({}, async (gateway, cloud) => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    // A GET with a length is one that undici would frame differently.
    const streamed: TestRequest = { ...gadget, headers: { 'Content-Length': '0' } };
    for (let round = 1; round <= 50; round += 1) {
      assert.equal((await call(gateway.url, streamed)).status, 202);
      assert.equal(gateway.reload({ GATEWAY_NOTES_MAX: String(round) }), true);
    }
    process.off('warning', onWarning);
    assert.deepEqual(warnings, []);
    await until(() => cloud.open() === 0, 'connections stay open');
  }));

test('50 reloads watch no more files than the first configuration, and keep no connection', async () => {
  const certificates = makeCertificates();
  const authority = certificates.authority('authority');
  const issued = ['one', 'other'].map((name) => certificates.issue(authority, name));
  const settingsOf = (round: number): Settings => ({
    GATEWAY_TLS_CERT_FILE: issued[round % 2]?.certFile ?? '',
    GATEWAY_TLS_KEY_FILE: issued[round % 2]?.keyFile ?? '',
    GATEWAY_UPSTREAM_TLS_CA_FILE: issued[round % 2]?.certFile ?? '',
    GATEWAY_NOTES_MAX: String(round + 1),
  });
  const [watch, unwatch] = [mock.method(fs, 'watchFile'), mock.method(fs, 'unwatchFile')];
  syncBuiltinESMExports();
  const watched = (): number => watch.mock.callCount() - unwatch.mock.callCount();
  try {
    await withCloud(settingsOf(0), async (gateway, cloud) => {
      assert.equal(watched(), 3);
      for (let round = 1; round <= 50; round += 1) assert.equal(gateway.reload(settingsOf(round)), true);
      assert.equal(watched(), 3);
      assert.equal(cloud.open(), 0);
    });
    assert.equal(watched(), 0);
  } finally {
    mock.restoreAll();
    syncBuiltinESMExports();
    certificates.remove();
  }
});
