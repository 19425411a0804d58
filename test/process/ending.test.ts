import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { plainRebuild, rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { exchangeFields, lineFields } from '../../src/observe/exchange-fields.ts';
import { call } from '../support/http.ts';
import { httpAnswer, startRawCloud, type RawCloud, type Step } from '../support/raw-cloud.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';
import { serving, spawnGateway, type GatewayProcess } from './gateway-process.ts';

/** Answers a rebuild when a promise resolves. */
const answersAfter = (until: Promise<void>): Step[] => [
  { kind: 'read' },
  { kind: 'wait', until },
  { kind: 'write', bytes: httpAnswer(202, serverDocument) },
];

/** Stops to listen at once after SIGTERM. */
const noNotice = { GATEWAY_SHUTDOWN_NOTICE_MS: '0' };

async function withProcess(
  script: readonly Step[],
  settings: Readonly<Record<string, string>>,
  play: (gateway: GatewayProcess, cloud: RawCloud, urls: { url: string; adminUrl: string }) => Promise<void>,
): Promise<void> {
  const cloud = await startRawCloud(script);
  const gateway = spawnGateway(serving(cloud.url, settings));
  try {
    await play(gateway, cloud, await gateway.ready());
  } finally {
    gateway.kill();
    await gateway.ended();
    await cloud.stop();
  }
}

const codeOf = (gateway: GatewayProcess): Promise<number | null> => gateway.ended();

describe('shutting down a process', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`by ${signal} without exchanges exits with 0`, () =>
      withProcess([], noNotice, async (gateway) => {
        gateway.child.kill(signal);
        assert.equal(await codeOf(gateway), 0);
        assert.equal(gateway.stderr(), '');
      }));
  }

  test('makes it not ready but alive, finishes the running exchange, and exits with 0', () => {
    const answers = Promise.withResolvers<void>();
    return withProcess(answersAfter(answers.promise), noNotice, async (gateway, cloud, { url, adminUrl }) => {
      const running = call(url, rebuildRequest('xml'));
      await cloud.until(() => cloud.requests().length === 1);
      gateway.child.kill('SIGTERM');
      await gateway.logged('draining');
      assert.equal((await call(adminUrl, { method: 'GET', path: '/readyz' })).status, 503);
      assert.equal((await call(adminUrl, { method: 'GET', path: '/livez' })).status, 200);
      await assert.rejects(call(url, rebuildRequest('xml')), /ECONNREFUSED/);
      answers.resolve();
      const answer = await running;
      assert.equal(answer.status, 202);
      assert.equal(answer.headers['connection'], 'close');
      assert.equal(await codeOf(gateway), 0);
      assert.equal(cloud.requests().length, 1);
    });
  });

  test('finishes a forwarded exchange with Connection: close, and does not wait for an idle connection', () => {
    const answers = Promise.withResolvers<void>();
    return withProcess(answersAfter(answers.promise), noNotice, async (gateway, cloud, { url }) => {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.write('GET /v2/p/os-gadgets HTTP/1.1\r\nHost: g\r\n\r\n');
      await cloud.until(() => cloud.requests().length === 1);
      const head = new Promise((resolve) => socket.once('data', resolve)).then(String);
      gateway.child.kill('SIGTERM');
      await gateway.logged('draining');
      answers.resolve();
      assert.match(await head, /^HTTP\/1\.1 202 /);
      assert.equal(await codeOf(gateway), 0);
      assert.equal(gateway.lines().at(-1)?.['isInTime'], true);
      assert.match(await head, /^connection: close\r$/im);
      socket.destroy();
    });
  });

  test('exits within the timeout though an exchange has not ended', () =>
    withProcess([{ kind: 'silent' }], { GATEWAY_SHUTDOWN_TIMEOUT_MS: '300' }, async (gateway, cloud, { url }) => {
      const running = call(url, rebuildRequest('json'));
      running.catch(() => undefined);
      await cloud.until(() => cloud.requests().length === 1);
      gateway.child.kill('SIGTERM');
      assert.equal(await codeOf(gateway), 0);
      await assert.rejects(running);
      assert.equal(gateway.lines().at(-1)?.['isInTime'], false);
    }));

  for (const [which, name] of [
    ['the admin port', 'adminUrl'],
    ['the port for callers', 'url'],
  ] as const) {
    test(`exits within the timeout though a silent client holds a connection to ${which} open`, () =>
      withProcess([], { GATEWAY_SHUTDOWN_TIMEOUT_MS: '300' }, async (gateway, _, urls) => {
        const { hostname, port } = new URL(urls[name]);
        const socket = connect(Number(port), hostname).on('error', () => undefined);
        await new Promise((resolve) => socket.once('connect', resolve));
        // Connections are accepted in order: once a later one gets a response, the process holds this one.
        await call(urls[name], rebuildRequest('xml', '<rebuild'));
        gateway.child.kill('SIGTERM');
        const code = await codeOf(gateway);
        socket.destroy();
        assert.equal(code, 0);
      }));
  }

  test('by a second signal exits at once', () =>
    withProcess([{ kind: 'silent' }], {}, async (gateway, cloud, { url }) => {
      call(url, rebuildRequest('json')).catch(() => undefined);
      await cloud.until(() => cloud.requests().length === 1);
      gateway.child.kill('SIGTERM');
      await gateway.logged('draining');
      gateway.child.kill('SIGTERM');
      assert.equal(await codeOf(gateway), 1);
    }));
});

describe('the log', () => {
  test('has one JSON line for an exchange, with the documented fields in their order', async () => {
    const cloud = await startScriptedCloud({
      status: 202,
      headers: { 'X-Compute-Request-Id': 'req-of-the-cloud' },
      body: serverDocument,
    });
    const gateway = spawnGateway(serving(cloud.url, noNotice));
    try {
      const { url } = await gateway.ready();
      const { headers = {}, path } = rebuildRequest('xml');
      const body = plainRebuild.xml.replace('<rebuild', '<rebuild accessIPv4="1.2.3.4"');
      const answer = await call(url, {
        path: `${path}?with=query`,
        headers: { ...headers, 'User-Agent': 'python-novaclient' },
        body,
      });
      assert.equal(answer.status, 202);
      gateway.child.kill('SIGTERM');
      assert.equal(await codeOf(gateway), 0);
      const [line, ...others] = gateway.lines().filter(({ message }) => message === 'exchange');
      assert.ok(line);
      assert.deepEqual(others, []);
      const order = [...Object.keys(lineFields), ...Object.keys(exchangeFields)];
      assert.deepEqual(
        Object.keys(line),
        order.filter((name) => Object.hasOwn(line, name)),
      );
      const { globalRequestId, timestamp, ms, cloudMs, ...fields } = line;
      assert.match(String(globalRequestId), /^req-[0-9a-f-]{36}$/);
      assert.ok(!Number.isNaN(Date.parse(String(timestamp))));
      assert.ok(Number(ms) > 0 && Number(cloudMs) > 0 && Number(cloudMs) <= Number(ms));
      assert.deepEqual(fields, {
        level: 'info',
        message: 'exchange',
        operation: 'rebuild',
        project: '7459f9935ed2422eb9800fea1d4d9378',
        server: 'ea681a24-9b24-4f49-98ef-8e1f73acf19e',
        version: 'v1.1',
        method: 'POST',
        path,
        agent: 'python-novaclient',
        mediaIn: 'application/xml',
        mediaOut: 'application/xml',
        microversion: '2.1',
        requestId: 'req-of-the-cloud',
        client: '127.0.0.1',
        cloudStatus: 202,
        status: 202,
        bytesIn: Buffer.byteLength(body),
        bytesOut: Buffer.byteLength(answer.body),
        notes: ['accessIPv4;dropped'],
        needs: ['path-v1.1', 'xml-request', 'xml-answer', 'dropped:accessIPv4'],
      });
    } finally {
      gateway.kill();
      await cloud.stop();
    }
  });

  test('loses no line when the process ends', async () => {
    const cloud = await startScriptedCloud({ status: 202, body: serverDocument });
    const gateway = spawnGateway(serving(cloud.url, noNotice));
    try {
      const { url } = await gateway.ready();
      for (let round = 0; round < 10; round += 1) {
        await Promise.all(Array.from({ length: 30 }, () => call(url, rebuildRequest('json'))));
      }
      gateway.child.kill('SIGTERM');
      assert.equal(await codeOf(gateway), 0);
      const events = gateway.lines().map(({ message }) => message);
      assert.equal(events.filter((event) => event === 'exchange').length, 300);
      assert.equal(events[0], 'ready');
      assert.deepEqual(events.slice(-1), ['stopped']);
      assert.equal(gateway.stderr(), '');
    } finally {
      gateway.kill();
      await cloud.stop();
    }
  });

  test('has a line for refused, forwarded and failed requests too', async () => {
    const cloud = await startScriptedCloud({ status: 404, body: '{"itemNotFound": {"code": 404, "message": "no"}}' });
    const gateway = spawnGateway(serving(cloud.url, noNotice));
    try {
      const { url } = await gateway.ready();
      await call(url, rebuildRequest('xml', '<rebuild'));
      await call(url, { method: 'GET', path: '/v2/p/os-gadgets?marker=x' });
      await call(url, rebuildRequest('xml'));
      gateway.child.kill('SIGTERM');
      await codeOf(gateway);
      const lines = gateway.lines().filter(({ message }) => message === 'exchange');
      assert.deepEqual(
        lines.map(({ status, method, path, fault }) => [status, method, path, fault]),
        [
          [400, 'POST', rebuildRequest('xml').path, 'malformed-body'],
          [404, 'GET', '/v2/p/os-gadgets', 'cloud-refusal'],
          [404, 'POST', rebuildRequest('xml').path, 'cloud-refusal'],
        ],
      );
    } finally {
      gateway.kill();
      await cloud.stop();
    }
  });

  test('is text for people with GATEWAY_LOG_FORMAT=text', async () => {
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { ...noNotice, GATEWAY_LOG_FORMAT: 'text' }));
    try {
      await new Promise((resolve) => gateway.child.stdout?.once('data', resolve));
      gateway.child.kill('SIGTERM');
      assert.equal(await codeOf(gateway), 0);
      assert.match(gateway.stdout(), /^\d\d:\d\d:\d\d\.\d{3} info {2}ready url=http:\/\/127\.0\.0\.1:\d+ /);
      for (const line of gateway.stdout().trimEnd().split('\n')) assert.doesNotMatch(line, /^\{/);
    } finally {
      gateway.kill();
    }
  });

  test('a line break in a request does not make a second line of text', async () => {
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { ...noNotice, GATEWAY_LOG_FORMAT: 'text' }));
    try {
      await new Promise((resolve) => gateway.child.stdout?.once('data', resolve));
      const url = /url=(\S+)/.exec(gateway.stdout())?.[1] ?? '';
      const body = JSON.stringify({
        rebuild: { imageRef: '70a599e0-31e7-49b7-b260-868f441e862b', 'x\nforged line': 1 },
      });
      await call(url, rebuildRequest('json', body));
      gateway.child.kill('SIGTERM');
      await codeOf(gateway);
      for (const line of gateway.stdout().trimEnd().split('\n')) assert.match(line, /^\d\d:\d\d:\d\d\.\d{3} /);
    } finally {
      gateway.kill();
    }
  });
});
