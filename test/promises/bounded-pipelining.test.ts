import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { between } from '../support/forwarding.ts';
import { projectId, rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { inTime, until } from '../support/in-time.ts';
import { turns } from '../support/published.ts';
import { dial, head, type Dialled } from './dialled.ts';
import { readAll, type Whole } from './read-whole.ts';

const body = String(rebuildRequest('json').body);
const forwarded = `GET /v2/${projectId}/os-unknown HTTP/1.1\r\nHost: gateway\r\nAccept: application/json\r\n\r\n`;
const translated = head(rebuildRequest('json').path, body.length, 'application/json') + body;

function accept(response: ServerResponse): void {
  response.writeHead(202, { 'Content-Type': 'application/json' }).end(serverDocument);
}

/** Pipeline requests in one write before the cloud answers any of them; then it answers all. */
async function sendAhead(
  request: string,
  count: number,
  settings: Readonly<Record<string, string>>,
  play: (ahead: {
    readonly caller: Dialled;
    /** The number of them that the cloud has at the same time. */
    readonly atOnce: number;
    /** The complete answers so far. */
    readonly answers: () => Whole[];
    /** Lets the cloud answer. */
    readonly answer: () => void;
    /** The number of them that wait for the cloud. */
    readonly waiting: () => number;
  }) => Promise<void>,
): Promise<void> {
  const held: ServerResponse[] = [];
  const answer = (): void => held.splice(0).forEach(accept);
  await between(
    (incoming, response) => {
      incoming.resume();
      held.push(response);
    },
    async (gateway, cloud) => {
      const [caller, other] = [await dial(gateway.url), await dial(gateway.url)];
      caller.socket.write(request.repeat(count));
      const most = Math.min(count, Number(settings['GATEWAY_CONNECTIONS_MAX_PIPELINED'] ?? 16));
      await until(() => cloud.received.length >= most, `the cloud is not asked ${most} times`);
      // Once a later request on another connection has reached the cloud, all that would be sent of these has reached it too.
      other.socket.write(request);
      await until(() => cloud.received.length > most, 'another connection has no turn');
      const atOnce = cloud.received.length - 1;
      answer();
      const answers = (): Whole[] => readAll(Buffer.from(caller.text(), 'latin1'));
      await play({ caller, atOnce, answers, answer, waiting: () => held.length });
      for (const { socket } of [caller, other]) socket.destroy();
    },
    { GATEWAY_UPSTREAM_PROFILE: 'nova', ...settings },
  );
}

// Holds pipelining-limit.ts: node takes up all that a connection brings, and each would have a connection to the cloud.
describe('of requests that are sent ahead on one connection so many are under way', () => {
  for (const [count, most, settings] of [
    [100, 16, {}],
    [16, 16, {}],
    [10, 3, { GATEWAY_CONNECTIONS_MAX_PIPELINED: '3' }],
  ] as const) {
    test(`of ${count} that have no body ${most} are; any others are 503, and the connection serves on`, () =>
      sendAhead(forwarded, count, settings, async ({ caller, atOnce, answers, answer, waiting }) => {
        assert.equal(atOnce, most);
        await until(() => caller.text().split('HTTP/1.1 ').length > count, 'answers are missing');
        assert.deepEqual(
          answers().map(({ status }) => status),
          Array.from({ length: count }, (_, n) => (n < most ? 202 : 503)),
        );
        for (const { headers, body: document } of answers().slice(most)) {
          assert.equal(headers.get('retry-after'), '1');
          assert.match(document, /Nothing was sent to the cloud/);
        }
        for (let n = 1; n <= 3; n += 1) {
          caller.socket.write(forwarded);
          await until(() => waiting() > 0, `${n}: the cloud is not asked`);
          answer();
          await until(() => caller.text().split('HTTP/1.1 ').length > count + n, `${n}: no answer`);
          assert.equal(answers().at(-1)?.status, 202);
        }
      }));
  }

  // The first that is refused closes the connection: its body has not been read then.
  test('of 100 that have a body 16 are; the next is 503 and closes, and the cloud hears of no other', () =>
    sendAhead(translated, 100, {}, async ({ caller, atOnce, answers, waiting }) => {
      assert.equal(atOnce, 16);
      await inTime(caller.ended, 'the connection stays open');
      assert.deepEqual(
        answers().map(({ status, isLast }) => [status, isLast]),
        Array.from({ length: 17 }, (_, n) => (n < 16 ? [202, false] : [503, true])),
      );
      assert.equal(waiting(), 0);
    }));
});

describe('what waits behind another request of its connection', () => {
  const slow = `GET /v2/${projectId}/os-slow HTTP/1.1\r\nHost: gateway\r\nAccept: application/json\r\n\r\n`;

  // Holds the listener in callers.ts: an error without a listener ends the process, which is that of this file.
  for (const [road, path] of [
    ['forwarded', `/v2/${projectId}/os-unknown`],
    ['translated', rebuildRequest('json').path],
  ] as const) {
    test(`a request that ends in the middle of its body, ${road}, ends nothing else`, () =>
      between(
        (request, response) => {
          request.resume();
          if (request.url?.includes('after') === true) response.end('{}');
        },
        async ({ url }) => {
          for (let n = 0; n < 20; n += 1) {
            const caller = await dial(url);
            caller.socket.write(`${slow}${head(path, 10, 'application/json')}12345`);
            await sleep(n % 5);
            if (n % 2 === 0) caller.socket.destroy();
            else caller.socket.resetAndDestroy();
          }
          const after = await dial(url);
          after.socket.write(`GET /v2/${projectId}/os-after HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n`);
          assert.match(await inTime(after.ended, 'no answer'), /^HTTP\/1\.1 200 /);
        },
      ));
  }

  // Holds assignSocket of express-classes.ts.
  test('an answer that breaks off before its turn ends the connection when its turn comes', () => {
    const slowAnswer = Promise.withResolvers<ServerResponse>();
    const broken = Promise.withResolvers<void>();
    return between(
      (request, response) => {
        if (request.url?.includes('os-slow') === true) slowAnswer.resolve(response);
        else {
          response.writeHead(200, { 'Content-Length': 100 }).write('half', () => response.destroy());
          response.once('close', () => broken.resolve());
        }
      },
      async ({ url }) => {
        const caller = await dial(url);
        caller.socket.write(slow + forwarded);
        await broken.promise;
        await turns();
        (await slowAnswer.promise).end('{}');
        assert.match(await inTime(caller.ended, 'the connection stays open'), /^HTTP\/1\.1 200 .*?\{\}/s);
      },
    );
  });
});
