import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import express from 'express';
import { errors } from 'undici';
import { loadConfig } from '../../src/config/load.ts';
import { createTurns } from '../../src/server/app/turns.ts';
import { createAnswerLimits } from '../../src/http/answer/answer-limits.ts';
import type { CloudPool } from '../../src/http/cloud/connect/cloud-pool.ts';
import { createConnections } from '../../src/http/cloud/connect/connections.ts';
import { createForward } from '../../src/http/forward/forward.ts';
import { trustedProxies } from '../../src/http/exchange/proxies/trusted-proxies.ts';
import type { App } from '../../src/server/app/app.ts';
import { serverClasses, type ExchangeResponse } from '../../src/server/app/express-classes.ts';
import { cloudTls } from '../../src/config/tls-files.ts';
import { between, drained, open, startLiveCloud } from '../support/forwarding.ts';
import type { TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { inTime, until } from '../support/in-time.ts';
import { path } from './forwarded.ts';
import { testSettings } from '../support/settings.ts';

/** Find the client library that wrote a request: undici writes Connection after Host, node writes it last. */
const libraryOf = ({ rawHeaders }: IncomingMessage): string => (rawHeaders[2] === 'connection' ? 'undici' : 'node');

const long = 65_537;

/** Refuse a request as undici does: there is no controller then. */
const refuse: CloudPool['dispatch'] = (_, handler) =>
  handler.onResponseError?.(undefined as never, new errors.InvalidArgumentError('no'));

describe('short requests are sent whole, all others are streamed', () => {
  const ways = {
    'a GET': ['undici', 'GET', {}, ''],
    'a GET with a length': ['node', 'GET', { 'Content-Length': '1' }, 'x'],
    'a HEAD': ['node', 'HEAD', {}, ''],
    'a DELETE': ['node', 'DELETE', {}, ''],
    'a method of its own': ['node', 'PURGE', {}, ''],
    'a POST with a length': ['undici', 'POST', { 'Content-Length': '1' }, 'x'],
    'a PUT with a length': ['undici', 'PUT', { 'Content-Length': '1' }, 'x'],
    'a PATCH with a length': ['undici', 'PATCH', { 'Content-Length': '1' }, 'x'],
    'a POST in chunks': ['node', 'POST', { 'Transfer-Encoding': 'chunked' }, 'x'],
    'a POST of the longest length': ['undici', 'POST', { 'Content-Length': String(long - 1) }, 'x'.repeat(long - 1)],
    'a POST that is longer': ['node', 'POST', { 'Content-Length': String(long) }, 'x'.repeat(long)],
  } as const;
  for (const [what, [library, method, headers, body]] of Object.entries(ways)) {
    test(`${what} goes by ${library}`, () =>
      between(
        (request, response) => void drained(request).then((bytes) => response.end(String(bytes.length))),
        async (gateway, cloud) => {
          const { outgoing, answer } = open(gateway.url, method, path, headers);
          outgoing.end(body);
          const said = await drained(await inTime(answer, 'no answer'));
          assert.equal(said.toString(), method === 'HEAD' ? '' : String(body.length));
          assert.deepEqual(cloud.received.map(libraryOf), [library]);
        },
      ));
  }

  test('a POST whose body comes slowly is streamed, with what was read of it', () =>
    between(
      (request, response) => void drained(request).then((bytes) => response.end(bytes)),
      async (gateway, cloud) => {
        const { outgoing, answer } = open(gateway.url, 'POST', path, { 'Content-Length': '12' });
        outgoing.write('first,');
        // Sent before its end, it can only be streamed.
        await until(() => cloud.received.length === 1, 'not sent before its end');
        outgoing.end('second');
        assert.equal((await drained(await inTime(answer, 'no answer'))).toString(), 'first,second');
        assert.deepEqual(cloud.received.map(libraryOf), ['node']);
      },
    ));

  test('a POST for which there is no room is streamed', () =>
    between(
      (request, response) => void drained(request).then((bytes) => response.end(bytes)),
      async (gateway, cloud) => {
        const body = 'x'.repeat(2000);
        assert.equal((await call(gateway.url, { method: 'POST', path, body })).body, body);
        assert.deepEqual(cloud.received.map(libraryOf), ['node']);
      },
      { GATEWAY_REQUEST_MAX_TOTAL_BYTES: '1024', GATEWAY_REQUEST_MAX_BYTES: '1024' },
    ));

  for (const sending of [{ method: 'GET' }, { method: 'POST', body: 'some text' }]) {
    test(`of more ${sending.method}s than there may be connections the others are streamed, and none waits`, () => {
      const waiting: (() => void)[] = [];
      const ask = (gateway: TestGateway): Promise<TestAnswer> => call(gateway.url, { path, ...sending });
      const said = sending.body ?? '';
      return between(
        (request, response) =>
          void drained(request).then((bytes) => waiting.push(() => response.end(bytes.toString() || 'nothing'))),
        async (gateway, cloud) => {
          const answers = [1, 2, 3].map(() => ask(gateway));
          await until(() => waiting.length === 3, 'one waits');
          for (const answer of waiting.splice(0)) answer();
          for (const { body } of await Promise.all(answers)) assert.equal(body, said || 'nothing');
          assert.deepEqual(cloud.received.map(libraryOf).toSorted(), ['node', 'node', 'undici']);
          const next = ask(gateway);
          await until(() => waiting.length === 1, 'one waits');
          waiting[0]?.();
          assert.equal((await next).body, said || 'nothing');
          assert.deepEqual(cloud.received.slice(3).map(libraryOf), ['undici'], 'the way is free again');
        },
        { GATEWAY_UPSTREAM_CONNECTIONS: '1' },
      );
    });
  }

  for (const ending of ['a caller that goes', 'a cloud that breaks off', 'a fault'] as const) {
    test(`${ending} leaves the way free`, () =>
      between(
        ({ socket }, response) => {
          if (ending === 'a caller that goes') return;
          if (ending === 'a fault') response.writeHead(404).end('no');
          else socket.destroy();
        },
        async (gateway, cloud) => {
          for (let n = 1; n <= 3; n += 1) {
            const { outgoing, answer } = open(gateway.url, 'GET', path);
            outgoing.end();
            await until(() => cloud.received.length === n, 'not sent');
            if (ending === 'a caller that goes') outgoing.on('error', () => undefined).destroy();
            await answer.then(drained).catch(() => undefined);
            await until(() => gateway.log.filter(({ event }) => event === 'exchange').length === n, 'on');
          }
          assert.deepEqual(cloud.received.map(libraryOf), ['undici', 'undici', 'undici']);
        },
        { GATEWAY_UPSTREAM_CONNECTIONS: '1', GATEWAY_CONNECTIONS_HALF_CLOSE_MS: '0' },
      ));
  }

  test('what undici refuses is streamed', async () => {
    const cloud = await startLiveCloud(
      (request, response) => void drained(request).then((bytes) => response.end(bytes)),
    );
    const config = loadConfig({ ...testSettings, GATEWAY_UPSTREAM_URL: cloud.url });
    // No request that node reads is one that undici refuses, today.
    const connections = createConnections(config.upstream, cloudTls(config.upstream.tls), undefined);
    const refusing = { ...connections, forwarded: { connected: 0, dispatch: refuse, dispatchAnew: refuse } };
    const forward = createForward(
      config,
      refusing,
      {
        gate: createTurns(config).of('').forwarded,
        requests: { held: 0, most: 1000 },
        answers: createAnswerLimits(config),
      },
      { answered: () => undefined, failed: () => undefined, readVersions: () => assert.fail('a question') },
    );
    const app = express().use((_, response) => forward((response as unknown as ExchangeResponse).exchange));
    const times = { timeSliceMs: 3, unreadBodyMs: 2000 };
    // A response needs no more of the App that it begins with.
    const begun = { times, proxies: trustedProxies([]) } as unknown as App;
    const server = createServer(
      serverClasses(app, () => begun),
      app,
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}`;
      assert.equal((await call(url, { method: 'GET', path })).body, '');
      assert.equal((await call(url, { method: 'POST', path, body: 'some text' })).body, 'some text');
      assert.deepEqual(cloud.received.map(libraryOf), ['node', 'node']);
    } finally {
      server.close();
      await connections.close();
      await cloud.stop();
    }
  });
});
