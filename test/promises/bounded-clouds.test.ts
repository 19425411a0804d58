import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { between, open } from '../support/forwarding.ts';
import { call } from '../support/http.ts';
import { plainRebuild, projectId, rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { inTime } from '../support/in-time.ts';
import { trickle } from './dialled.ts';

const streamedPath = `/v2/${projectId}/os-unknown`;
/** Enough for a request to reach the cloud on a busy machine. */
const limitMs = 1500;

type Cloud = (request: IncomingMessage, response: ServerResponse) => void;

/** Clouds that keep an exchange going for ever. */
const endless: Readonly<Record<string, Cloud>> = {
  'is silent': (request) => request.resume(),
  'trickles headers': (request) => {
    request.resume();
    request.socket.write('HTTP/1.1 200 OK\r\n');
    trickle(request.socket, 'X-A: b\r\n');
  },
  'trickles interim answers': (request) => {
    request.resume();
    trickle(request.socket, 'HTTP/1.1 102 Processing\r\n\r\n');
  },
  'trickles its body': (request, response) => {
    request.resume();
    // The beginning of JSON is held for its links, so a forwarded answer of it would not have begun.
    const type = request.method === 'GET' ? 'text/plain' : 'application/json';
    response.writeHead(200, { 'Content-Type': type }).flushHeaders();
    response.write('{"server": {"name": "');
    const timer = setInterval(() => response.write('n'), 25);
    response.once('close', () => clearInterval(timer));
  },
};

/** Resolve when the cloud's side of every connection that had a request has ended. */
function ends(handle: Cloud): { handle: Cloud; ended: Promise<void> } {
  const ended = Promise.withResolvers<void>();
  return {
    handle: (request, response) => {
      request.socket.once('close', () => ended.resolve());
      handle(request, response);
    },
    ended: ended.promise,
  };
}

describe('a cloud that does not come to an end is given up', { concurrency: true }, () => {
  for (const [what, cloud] of Object.entries(endless)) {
    // Holds the timeout of send-whole.ts, which bounds the whole answer and not its pauses.
    test(`translated, a cloud that ${what} is a 504 after the answer timeout, and its connection is closed`, async () => {
      const { handle, ended } = ends(cloud);
      await between(
        handle,
        async (gateway) => {
          const { status } = await call(gateway.url, rebuildRequest('xml'));
          assert.equal(status, 504);
          await inTime(ended, 'the connection to the cloud stays open');
        },
        { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: String(limitMs) },
      );
    });

    // Holds deadline.ts on the streaming road, and that what works for an exchange ends with it.
    test(`streamed, a cloud that ${what} is ended by the limit for exchanges, and its connection is closed`, async () => {
      const { handle, ended } = ends(cloud);
      await between(
        handle,
        async (gateway) => {
          const answered = call(gateway.url, { method: 'GET', path: streamedPath }).then(
            ({ status }) => status,
            () => 'broken off',
          );
          const expected = what === 'trickles its body' ? 'broken off' : 504;
          assert.equal(await inTime(answered), expected);
          await inTime(ended, 'the connection to the cloud stays open');
          assert.deepEqual(
            gateway.log.filter(({ event }) => event === 'internal error'),
            [],
          );
        },
        { GATEWAY_EXCHANGES_TIMEOUT_MS: String(limitMs) },
      );
    });
  }

  // Holds the timeout of send-whole.ts where the cloud's window is full: nothing of the answer can come.
  test('translated, a cloud that does not read a body is given up after the answer timeout', async () => {
    await between(
      (request) => request.socket.pause(),
      async (gateway) => {
        const body = `${plainRebuild.json}${' '.repeat(8_000_000)}`;
        const { status } = await call(gateway.url, rebuildRequest('json', body));
        assert.equal(status, 504);
      },
      { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: String(limitMs), GATEWAY_REQUEST_MAX_BYTES: '10000000' },
    );
  });

  // Holds deadline.ts while a body is streamed: a cloud that takes nothing says nothing either.
  test('streamed, a cloud that does not read a body is given up by the limit for exchanges', async () => {
    const { handle, ended } = ends((request) => request.pause());
    await between(
      handle,
      async (gateway, cloud) => {
        const { outgoing, answer } = open(gateway.url, 'PUT', streamedPath, { 'Content-Length': '50000000' });
        outgoing.on('error', () => undefined);
        answer.catch(() => undefined);
        outgoing.write(Buffer.alloc(50_000_000));
        await gateway.logged('exchange', 1);
        // The end of the connection comes behind the bytes that the kernel still holds.
        cloud.received[0]?.resume();
        await inTime(ended, 'the connection to the cloud stays open');
      },
      { GATEWAY_EXCHANGES_TIMEOUT_MS: String(limitMs) },
    );
  });
});

describe('what comes after the end of an exchange changes nothing', { concurrency: true }, () => {
  for (const [road, request] of Object.entries({
    translated: rebuildRequest('xml'),
    streamed: { method: 'GET', path: streamedPath },
  })) {
    // Holds that the deadline ends the work, not only the answer: else the head is written twice, an internal error.
    test(`on the ${road} road, a cloud that answers after the limit for exchanges is no internal error`, async () => {
      const asked = Promise.withResolvers<ServerResponse>();
      const { handle, ended } = ends((incoming, response) => {
        incoming.resume();
        asked.resolve(response);
      });
      await between(
        handle,
        async (gateway) => {
          const { status } = await call(gateway.url, request);
          assert.equal(status, 504);
          (await asked.promise).writeHead(202, { 'Content-Type': 'application/json' }).end(serverDocument);
          await inTime(ended, 'the exchange with the cloud goes on');
          assert.deepEqual(
            gateway.log.map(({ event }) => event),
            ['ready', 'exchange'],
          );
        },
        { GATEWAY_EXCHANGES_TIMEOUT_MS: String(limitMs) },
      );
    });
  }

  // Holds the abort of deadline.ts: the caller is listened to for two seconds more, and the cloud must hear none of that.
  test('a body that is still streamed at the limit for exchanges ends at the cloud then', async () => {
    const { handle, ended } = ends((incoming) => incoming.resume());
    await between(
      handle,
      async (gateway) => {
        const { outgoing, answer } = open(gateway.url, 'PUT', streamedPath, { 'Content-Length': '1000' });
        outgoing.on('error', () => undefined).write('half');
        const callerEnds = new Promise<string>((resolve) => outgoing.once('close', () => resolve('the caller')));
        assert.equal((await inTime(answer)).statusCode, 504);
        const cloudEnds = ended.then(() => 'the cloud');
        assert.equal(await inTime(Promise.race([cloudEnds, callerEnds])), 'the cloud');
        outgoing.destroy();
      },
      { GATEWAY_EXCHANGES_TIMEOUT_MS: String(limitMs) },
    );
  });

  // Holds the same for a body: the caller has its 504 already, and the end of its body sends nothing.
  test('a body whose end comes after the limit for exchanges does not reach the cloud', async () => {
    await between(
      (incoming, response) => incoming.resume().once('end', () => response.end(serverDocument)),
      async (gateway, cloud) => {
        // With an open connection to the cloud, nothing else would delay the request.
        await call(gateway.url, rebuildRequest('xml'));
        const body = plainRebuild.xml;
        const { outgoing, answer } = open(gateway.url, 'POST', rebuildRequest('xml').path, {
          'Content-Type': 'application/xml',
          'Content-Length': String(body.length),
        });
        outgoing.write(body.slice(0, 20));
        assert.equal((await inTime(answer)).statusCode, 504);
        outgoing.end(body.slice(20));
        await gateway.logged('exchange', 2);
        // A request that was sent regardless would reach the cloud before a later one.
        await call(gateway.url, rebuildRequest('xml'));
        assert.equal(cloud.received.length, 2);
      },
      { GATEWAY_EXCHANGES_TIMEOUT_MS: String(limitMs) },
    );
  });
});
