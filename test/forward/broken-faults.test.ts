import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { describe, test } from 'node:test';
import { startTestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { answering, atATime, httpAnswer, startRawCloud, timeoutsFor, type Step } from '../support/raw-cloud.ts';
import { faultOf, media } from '../support/rebuild-call.ts';
import { between } from '../support/forwarding.ts';
import { inTime } from '../support/in-time.ts';
import { dial } from '../promises/dialled.ts';
import { readWhole } from '../promises/read-whole.ts';
import { asked, callOn, path, sendings } from './forwarded.ts';

const unavailable = 'The server is currently unavailable. Please try again at a later time.';
const head =
  'HTTP/1.1 503 Status\r\nContent-Type: application/json\r\nX-Compute-Request-Id: req-1\r\nRetry-After: 7\r\n';
const begun = '{"serviceUnavailable": {"code": 503, "message": "half of';
const long = JSON.stringify({ serviceUnavailable: { code: 503, message: 'x'.repeat(262_144) } });

/** Writes a byte at a time for longer than the timeout, so that the connection is never idle. */
const trickle = (piece: string): Step[] =>
  Array.from({ length: 100 }).flatMap(() => [
    { kind: 'write', bytes: piece } as const,
    { kind: 'delay', ms: 50 } as const,
  ]);

/** Steps of the cloud after the head of its fault. */
const breaks: Readonly<Record<string, readonly Step[]>> = {
  'breaks off before its body': [{ kind: 'write', bytes: `${head}Content-Length: 90\r\n\r\n` }, { kind: 'close' }],
  'breaks off in its body': [{ kind: 'write', bytes: `${head}Content-Length: 90\r\n\r\n${begun}` }, { kind: 'close' }],
  'breaks off in a chunk': [
    { kind: 'write', bytes: `${head}Transfer-Encoding: chunked\r\n\r\n90\r\n${begun}` },
    { kind: 'close' },
  ],
  'sends rubbish instead of a chunk': [
    { kind: 'write', bytes: `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n${begun}` },
    { kind: 'close' },
  ],
  'resets in its body': [
    { kind: 'write', bytes: `${head}Content-Length: 90\r\n\r\n${begun}` },
    { kind: 'turns' },
    { kind: 'reset' },
  ],
  'is silent after its head': [{ kind: 'write', bytes: `${head}Content-Length: 90\r\n\r\n` }, { kind: 'silent' }],
  'is silent in its body': [{ kind: 'write', bytes: `${head}Content-Length: 90\r\n\r\n${begun}` }, { kind: 'silent' }],
  'trickles a body of a length for ever': [
    { kind: 'write', bytes: `${head}Content-Length: 900000\r\n\r\n` },
    ...trickle('x'),
  ],
  'trickles chunks for ever': [
    { kind: 'write', bytes: `${head}Transfer-Encoding: chunked\r\n\r\n` },
    ...trickle('1\r\nx\r\n'),
  ],
  'sends more than is read of a fault': [
    { kind: 'write', bytes: `${head}Content-Length: ${long.length}\r\n\r\n${long}` },
    { kind: 'silent' },
  ],
  'sends more than is read of a fault, and has no end': [
    { kind: 'write', bytes: `${head}Content-Length: 9000000\r\n\r\n${long}` },
    { kind: 'silent' },
  ],
};

describe('a fault whose body cannot be read has the text of its status', atATime, () => {
  for (const medium of media) {
    for (const [what, script] of Object.entries(breaks)) {
      for (const [name, sending] of Object.entries(sendings)) {
        test(`${name} by a caller of ${medium}: the cloud ${what}`, async () => {
          const cloud = await startRawCloud([{ kind: 'read' }, ...script]);
          const gateway = await startTestGateway(cloud.url, timeoutsFor(script));
          try {
            const answer = await call(gateway.url, asked(medium, sending));
            assert.deepEqual(faultOf(answer, medium), {
              status: 503,
              title: 'serviceUnavailable',
              message: unavailable,
            });
            assert.equal(answer.headers['x-compute-request-id'], 'req-1');
            assert.equal(answer.headers['retry-after'], '7');
            assert.equal(cloud.requests().length, 1, 'requests');
            await cloud.until(() => cloud.connections.every((connection) => connection.isClosed()));
            assert.deepEqual(
              gateway.log.filter(({ event }) => event === 'internal error'),
              [],
            );
          } finally {
            await gateway.stop();
            await cloud.stop();
          }
        });
      }
    }
  }

  test('a fault without a length ends with its connection, and is whole', async () => {
    const cloud = await startRawCloud(answering('HTTP/1.1 404 Status\r\nContent-Type: text/plain\r\n\r\nsaid'));
    const gateway = await startTestGateway(cloud.url);
    try {
      assert.equal(faultOf(await call(gateway.url, asked('xml')), 'xml').message, 'said');
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });

  test('interim answers before a fault are passed over', async () => {
    const interim = 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n';
    const cloud = await startRawCloud(answering(interim, httpAnswer(404, 'said', { 'Content-Type': 'text/plain' })));
    const gateway = await startTestGateway(cloud.url);
    try {
      const answer = await call(gateway.url, asked('xml'));
      assert.equal(faultOf(answer, 'xml').message, 'said');
      assert.equal(answer.headers['link'], undefined);
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});

// Holds `end.aborted` of answerError in app.ts: an error after the end of its exchange has nobody to be sent to.
describe('what is still read at the limit for exchanges is a 504 that arrives, and no defect', atATime, () => {
  const limits = { GATEWAY_EXCHANGES_TIMEOUT_MS: '2000' };
  for (const status of [404, 300]) {
    for (const [what, request, sent] of [
      ['a GET', 'GET', ''],
      ['a streamed GET', 'GET', 'Content-Length: 0\r\n\r\n'],
      ['a POST', 'POST', 'Content-Length: 1\r\n\r\nx'],
      ['a POST that is still sent', 'POST', 'Content-Length: 10\r\n\r\nx'],
    ] as const) {
      if (status === 300 && request === 'POST') continue;
      test(`a ${status} of ${what}`, async () => {
        const cloud = await startRawCloud([
          { kind: 'read-head' },
          { kind: 'write', bytes: `HTTP/1.1 ${status} X\r\nContent-Length: 1000\r\nX-A: b\r\n\r\n{` },
          { kind: 'silent' },
        ]);
        const gateway = await startTestGateway(cloud.url, limits);
        try {
          const caller = await dial(gateway.url);
          caller.socket.write(`${request} ${path} HTTP/1.1\r\nHost: g\r\nConnection: close\r\n${sent || '\r\n'}`);
          const text = await inTime(caller.ended, 'no end');
          const answer = readWhole(Buffer.from(text, 'latin1'), true);
          assert.deepEqual([answer?.status, answer?.headers.get('x-a')], [504, undefined]);
          const mayHaveActed = / The cloud may have acted on the request\./;
          assert.match(answer?.body ?? '', /The exchange took too long\./);
          assert.equal(mayHaveActed.test(answer?.body ?? ''), request === 'POST');
          assert.equal(answer?.length, text.length);
          const closed = cloud.until(() => cloud.connections.every((connection) => connection.isClosed()));
          await inTime(closed, 'the connection to the cloud stays open');
          assert.deepEqual(
            gateway.log.map(({ event, fields }) => [event, fields['fault']]),
            [
              ['ready', undefined],
              ['exchange', 'exchange-timeout'],
            ],
          );
        } finally {
          await gateway.stop();
          await cloud.stop();
        }
      });
    }
  }
});

describe('a connection is used again after a fault', () => {
  const legacy = '{"itemNotFound": {"code": 404, "message": "no"}}';
  for (const [what, method, medium, body] of [
    ['that becomes XML', 'GET', 'xml', legacy],
    ['that becomes JSON', 'GET', 'json', '<html><body>no</body></html>'],
    ['that passes with its bytes', 'GET', 'json', legacy],
    ['that answers HEAD', 'HEAD', 'json', legacy],
    ['that is empty', 'GET', 'xml', ''],
  ] as const) {
    test(`${what}: the caller's and the cloud's`, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      try {
        await between(
          (_, response) => void response.writeHead(404, { 'Content-Length': body.length }).end(body),
          async (gateway, cloud) => {
            for (const isReused of [false, true, true]) {
              assert.deepEqual(await callOn(agent, gateway.url, asked(medium, { method })), { status: 404, isReused });
            }
            const [first, ...others] = cloud.received;
            assert.equal(others.length, 2);
            for (const request of others) assert.equal(request.socket, first?.socket);
          },
        );
      } finally {
        agent.destroy();
      }
    });
  }

  test("that broke off: the caller's is, and the next request has an answer", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const cloud = await startRawCloud(
      answering(`${head}Content-Length: 90\r\n\r\n${begun}`),
      answering(httpAnswer(200, '{}')),
    );
    const gateway = await startTestGateway(cloud.url);
    try {
      assert.deepEqual(await callOn(agent, gateway.url, { path }), { status: 503, isReused: false });
      assert.deepEqual(await callOn(agent, gateway.url, { path }), { status: 200, isReused: true });
    } finally {
      agent.destroy();
      await gateway.stop();
      await cloud.stop();
    }
  });
});
