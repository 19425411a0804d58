// Guards: answer-try.ts, read-wish.ts, run-try.ts and try-thread.ts of src/console/try, at the admin port.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, describe, test } from 'node:test';
import { fixedLimits } from '../../../src/config/fixed-limits.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { answerTry, type TryAnswer } from '../../../src/console/try/answer-try.ts';
import { TooMuchError, TryThread } from '../../../src/console/try/try-thread.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { inTime } from '../../support/in-time.ts';
import { startScriptedCloud, type ScriptedCloud } from '../../support/scripted-cloud.ts';
import { testSettings } from '../../support/settings.ts';
import { bearer, callAdmin } from '../admin-caller.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-try-'));
after(() => rmSync(folder, { recursive: true }));
const token = 'CanaryToken-of-the-try-page';
writeFileSync(join(folder, 'token'), token);

const rebuild = `POST /v2/p/servers/0c37a84a-c757-4f22-8c7f-0bf8b6970886/action?token=canary-query HTTP/1.1
Content-Type: application/xml
Accept: application/xml
X-Auth-Token: canary-token

<rebuild xmlns="http://docs.openstack.org/compute/api/v1.1" imageRef="http://x/images/70a599e0-31e7-49b7-b260-868f441e862b" adminPass="canary-password"><personality><file path="/etc/motd">Y2FuYXJ5LWNvbnRlbnRz</file></personality></rebuild>`;

interface Sent {
  readonly status: number;
  readonly text: string;
  readonly view: Record<string, unknown>;
}

describe('a text that is tried', () => {
  let cloud: ScriptedCloud;
  let gateway: TestGateway;
  before(async () => {
    cloud = await startScriptedCloud({ status: 200 });
    gateway = await startTestGateway(cloud.url, {
      GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token'),
      GATEWAY_UPSTREAM_PROFILE: 'nova',
    });
  });
  after(async () => {
    await gateway.stop();
    await cloud.stop();
  });

  const json = { 'Content-Type': 'application/json', ...bearer(token) };
  function send(
    body: string | Buffer,
    headers: Readonly<Record<string, string>> = json,
    path = '/api/try',
  ): Promise<Sent> {
    const { promise, resolve, reject } = Promise.withResolvers<Sent>();
    const sent = request(
      gateway.adminUrl + path,
      { method: 'POST', headers: { ...headers }, agent: false },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        answer.once('end', () => {
          const isJson = answer.headers['content-type'] === 'application/json';
          // A document of the console is an object.
          const view = isJson ? (JSON.parse(text) as Sent['view']) : {};
          resolve({ status: answer.statusCode ?? 0, text, view });
        });
      },
    );
    sent.once('error', reject).end(body);
    return inTime(promise, 'the text is not answered');
  }
  const tryIt = (wish: object): Promise<Sent> => send(JSON.stringify(wish));

  test('is translated by the code that serves: nothing is sent, kept or logged, and no secret is shown', async () => {
    const lines = gateway.log.length;
    const { status, text, view } = await tryIt({ text: rebuild });
    assert.equal(status, 200);
    const [tried] = view['requests'] as Record<string, unknown>[];
    assert.deepEqual([tried?.['operation'], tried?.['outcome']], ['rebuild', 'translated']);
    assert.match(text, /"imageRef\\": \\"70a599e0/);
    assert.match(text, /"need":"xml-request","breaks":true/);
    assert.doesNotMatch(text, /canary|Y2FuYXJ5/i);
    assert.deepEqual([cloud.received.length, gateway.log.length], [0, lines]);
  });

  test('may be of another kind of cloud, a body alone, and an answer back in XML and in JSON', async () => {
    const ecs = await tryIt({ text: rebuild, profile: 'ecs' });
    assert.match(ecs.text, /"notes":\["[^"]+/);
    const body = await tryIt({ text: '<reboot type="SOFT"/>', operation: 'reboot' });
    assert.match(body.text, /\\"reboot\\": \{/);
    const answer = { kind: 'answer', operation: 'showServer', text: '{"server": {"id": "a", "name": "b"}}' };
    assert.match((await tryIt(answer)).text, /<server [^>]*name=\\"b\\"/);
    assert.match((await tryIt({ ...answer, accept: 'application/json' })).text, /\\"name\\": \\"b\\"/);
    const fault = { ...answer, text: '{"itemNotFound": {"code": 404, "message": "gone"}}', fault: 404 };
    assert.match((await tryIt(fault)).text, /<itemNotFound [^>]*code=\\"404\\"/);
  });

  test('is refused with the field that is wrong and without a word of the text', async () => {
    for (const [wish, field] of [
      [{ text: '' }, 'text'],
      [{ text: '<canary/>' }, 'operation'],
      [{ text: '<a/>', operation: 'canary' }, 'operation'],
      [{ text: '{}', kind: 'answer' }, 'operation'],
      [{ text: '', kind: 'answer', operation: 'showServer' }, 'text'],
      [{ text: '> POST /v2/p/servers HTTP/1.1\n> Content-Length: 7\n> \n' }, 'body'],
      [{ text: 'a', profile: 'canary' }, 'profile'],
      [{ text: 'a', kind: 'canary' }, 'kind'],
      [{ text: 5 }, 'text'],
      [{ text: 'a', kind: 'answer', operation: 'showServer', fault: 200 }, 'fault'],
    ] as const) {
      const { status, view, text } = await tryIt(wish);
      assert.deepEqual([status, view['kind'], view['field']], [200, 'refusal', field], JSON.stringify(wish));
      assert.doesNotMatch(text, /canary/);
    }
    for (const text of ['', '[]', '{"text": "canary', '"canary"', 'null', Buffer.from([0x22, 0xff, 0x22])])
      assert.equal((await send(text)).view['kind'], 'refusal');
  });

  test('is taken from the console only, with the token, as JSON, by POST, and up to a length', async () => {
    const host = new URL(gateway.adminUrl).host;
    const wish = JSON.stringify({ text: rebuild });
    const statusOf = async (headers: Readonly<Record<string, string>>, body = wish): Promise<number> =>
      (await send(body, headers)).status;
    assert.equal(await statusOf({ 'Content-Type': 'application/json' }), 401);
    assert.equal(await statusOf({ ...json, Host: 'evil.example' }), 421);
    assert.equal(await statusOf({ ...json, Origin: 'http://evil.example' }), 403);
    assert.equal(await statusOf({ ...json, Origin: 'null' }), 403);
    assert.equal(await statusOf({ ...json, 'Sec-Fetch-Site': 'cross-site' }), 403);
    assert.equal(await statusOf({ ...json, Origin: `http://${host}`, 'Sec-Fetch-Site': 'same-origin' }), 200);
    assert.equal(await statusOf({ ...json, 'Content-Type': 'text/plain' }), 415);
    assert.equal(await statusOf({ ...json, 'Content-Encoding': 'gzip' }), 415);
    assert.equal(await statusOf({ ...json, 'Content-Type': 'application/json; charset=utf-8' }), 200);
    const long = JSON.stringify({ text: 'x'.repeat(fixedLimits.tryBodyBytes) });
    assert.equal(await statusOf(json, long), 413);
    assert.equal(await statusOf({ ...json, 'Transfer-Encoding': 'chunked' }, long), 413);
    for (const path of ['/api/settings', '/console/try', '/api/live', '/api/try.csv', '/api/try/x'])
      assert.equal((await send(wish, json, path)).status, 405, path);
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE'])
      assert.equal((await callAdmin(gateway.adminUrl, '/api/try', { method, headers: bearer(token) })).status, 405);
  });

  test('waits for those before it, up to a number; more are refused before they are read', async () => {
    const open = Array.from({ length: fixedLimits.tryPlaces }, () => {
      const sent = request(`${gateway.adminUrl}/api/try`, {
        method: 'POST',
        headers: { ...json, 'Content-Length': '100', Expect: '100-continue' },
        agent: false,
      });
      sent.on('error', () => undefined).flushHeaders();
      return sent;
    });
    await Promise.all(open.map((sent) => inTime(new Promise((resolve) => sent.once('continue', resolve)))));
    assert.equal((await tryIt({ text: rebuild })).status, 503);
    for (const sent of open) sent.destroy();
    for (let status = 503; status === 503;) status = (await tryIt({ text: rebuild })).status;
    const all = await Promise.all([1, 2, 3].map(() => tryIt({ text: rebuild })));
    assert.deepEqual(
      all.map(({ status }) => status),
      [200, 200, 200],
    );
  });

  test('does not hold the event loop, however hostile it is', async () => {
    const texts = [
      `POST /v2/p/servers HTTP/1.1\nContent-Type: application/xml\n\n${'<a '.repeat(100_000)}`,
      `POST /v2/p/servers HTTP/1.1\nContent-Type: application/json\n\n${'['.repeat(300_000)}`,
      `{"log":${'['.repeat(300_000)}`,
      `curl ${'-H "a'.repeat(100_000)}`,
      '> GET / HTTP/1.1\n>\n'.repeat(20_000),
    ];
    await tryIt({ text: rebuild });
    const delay = monitorEventLoopDelay({ resolution: 1 });
    for (const text of texts) {
      delay.enable();
      const { status } = await tryIt({ text });
      delay.disable();
      assert.ok([200, 422].includes(status), `${status}`);
    }
    // The loop only copies a megabyte; a busy machine makes that slower.
    assert.ok(delay.max / 1e6 < 500, `${delay.max / 1e6} ms`);
  });
});

test('a text that takes too long or too much memory ends its thread, and the next has another', async () => {
  const config = loadConfig({ ...testSettings, GATEWAY_UPSTREAM_URL: 'http://cloud.invalid' });
  const wish = Buffer.from(JSON.stringify({ text: rebuild }));
  const limits: { tryMs: number; tryHeapMegabytes: number } = {
    tryMs: 0,
    tryHeapMegabytes: fixedLimits.tryHeapMegabytes,
  };
  const thread = new TryThread(() => config, limits);
  await assert.rejects(thread.translate(wish), TooMuchError);
  limits.tryMs = fixedLimits.tryMs;
  assert.match(Buffer.from(await thread.translate(wish)).toString(), /"kind":"requests"/);
  await thread.close();
  limits.tryHeapMegabytes = 4;
  await assert.rejects(thread.translate(wish), TooMuchError);
  await thread.close();
});

test('a defect of the gateway is told as one, with its place and nothing of the text, and the next text has another thread', async () => {
  const config = loadConfig({ ...testSettings, GATEWAY_UPSTREAM_URL: 'http://cloud.invalid' });
  // A configuration that has not been checked stands for a defect of the code.
  const broken = { ...config, upstream: undefined } as unknown as typeof config;
  let inUse = broken;
  const thread = new TryThread(() => inUse);
  const wish = JSON.stringify({ text: rebuild });
  const ask = (): Promise<TryAnswer> => {
    const fields = { method: 'POST', headers: { 'content-type': 'application/json' } };
    return answerTry(Object.assign(Readable.from([Buffer.from(wish)]), fields) as unknown as IncomingMessage, thread);
  };
  try {
    const { status, body } = await ask();
    assert.equal(status, 500);
    const text = String(body);
    assert.match(text, /"code":"E500".*The gateway has a defect.*TypeError at runTry .*run-try/);
    assert.doesNotMatch(text, /canary|too much/i);
    inUse = config;
    assert.equal((await ask()).status, 200);
  } finally {
    await thread.close();
  }
});
