import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { describe, test } from 'node:test';
import { call } from '../support/http.ts';
import { startTestGateway } from '../support/gateway.ts';
import { answering, atATime, httpAnswer, startRawCloud, type Step } from '../support/raw-cloud.ts';
import { faultOf, media } from '../support/rebuild-call.ts';
import { inTime } from '../support/in-time.ts';
import { asked, callOn, path, sendings, streamedGet } from './forwarded.ts';

/** Enough for a request to reach the cloud, and for the head of its answer to come back, on a busy machine. */
const limitMs = 2000;
const head =
  'HTTP/1.1 202 Well Begun\r\nContent-Type: application/octet-stream\r\nContent-Encoding: gzip\r\nETag: "canary"\r\n' +
  'Set-Cookie: canary\r\nLocation: /v2.1/canary\r\nX-Canary: canary\r\nVary: Canary\r\n';

/** Framings of an answer, by name. */
const framings = { 'of a length': 'Content-Length: 100\r\n\r\n', 'in chunks': 'Transfer-Encoding: chunked\r\n\r\n' };

/** Steps of the cloud after the head of its answer, with the timeout that ends a silent one. */
const breaks: Readonly<Record<string, { steps: readonly Step[]; status: number; settings: Record<string, string> }>> = {
  'is reset': { steps: [{ kind: 'turns' }, { kind: 'reset' }], status: 502, settings: {} },
  'is closed': { steps: [{ kind: 'close' }], status: 502, settings: {} },
  'falls silent': {
    steps: [{ kind: 'silent' }],
    status: 502,
    settings: { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: String(limitMs) },
  },
  'falls silent until the limit for exchanges': {
    steps: [{ kind: 'silent' }],
    status: 504,
    settings: { GATEWAY_EXCHANGES_TIMEOUT_MS: String(limitMs) },
  },
};

// Holds `streamBody` of stream.ts and `removeHead` of answer-head.ts: node sends a head with the first of its body, and until then it can be
// taken back. And deadline.ts for the last of them.
describe(
  'an answer that breaks after its head and before any of its body is a fault, and nothing of its head is sent',
  atATime,
  () => {
    for (const [what, { steps, status, settings }] of Object.entries(breaks)) {
      for (const [how, framing] of Object.entries(framings)) {
        for (const medium of media) {
          for (const name of ['POST', 'streamed POST'])
            test(`${name} by a caller of ${medium}: the answer ${how} ${what}`, async () => {
              const cloud = await startRawCloud([{ kind: 'read' }, { kind: 'write', bytes: head + framing }, ...steps]);
              const gateway = await startTestGateway(cloud.url, settings);
              try {
                const answer = await call(gateway.url, asked(medium, sendings[name]));
                assert.equal(faultOf(answer, medium).status, status);
                assert.match(faultOf(answer, medium).message, /may have acted on the request\.$/);
                assert.doesNotMatch(JSON.stringify(answer.headers), /canary|gzip|octet|chunked/i);
                assert.deepEqual(Object.keys(answer.headers).toSorted(), [
                  'connection',
                  'content-length',
                  'content-type',
                  'date',
                  'vary',
                  'x-compute-request-id',
                ]);
                assert.equal(cloud.requests().length, 1, 'requests');
                const closed = cloud.until(() => cloud.connections.every((connection) => connection.isClosed()));
                await inTime(closed, 'the connection to the cloud stays open');
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

      for (const [way, headers] of Object.entries({ 'sent whole': {}, streamed: streamedGet }))
        test(`and the connection of the caller goes on, where the answer ${what}, its request ${way}`, async () => {
          const agent = new Agent({ keepAlive: true, maxSockets: 1 });
          const cloud = await startRawCloud(
            [{ kind: 'read' }, { kind: 'write', bytes: head + framings['of a length'] }, ...steps],
            answering(httpAnswer(200, '{}')),
          );
          const gateway = await startTestGateway(cloud.url, settings);
          try {
            assert.deepEqual(await callOn(agent, gateway.url, { path, headers }), { status, isReused: false });
            assert.deepEqual(await callOn(agent, gateway.url, { path, headers }), { status: 200, isReused: true });
          } finally {
            agent.destroy();
            await gateway.stop();
            await cloud.stop();
          }
        });
    }
  },
);
