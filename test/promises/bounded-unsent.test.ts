import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, test } from 'node:test';
import { createUnsentAnswers } from '../../src/http/answer/unsent-answers.ts';
import { between } from '../support/forwarding.ts';
import { call } from '../support/http.ts';
import { projectId, serverDocument } from '../support/rebuild-call.ts';
import { inTime, until } from '../support/in-time.ts';
import { dial, type Dialled } from './dialled.ts';
import { startGatewayApart } from './gateway-apart.ts';

const path = `/v2/${projectId}/servers/1`;
const ask = `GET ${path} HTTP/1.1\r\nHost: gateway\r\nAccept: application/json\r\nConnection: close\r\n\r\n`;
const size = 10_000_000;
/** Far more than the kernel buffers for a connection without a reader. */
const large = serverDocument.replace('"n"', JSON.stringify('n'.repeat(size)));
const answering: Parameters<typeof between>[0] = (_, response) =>
  void response.writeHead(200, { 'Content-Type': 'application/json' }).end(large);

/** Ask, and do not read the answer, which has been written when this resolves. */
async function askAndWait(url: string): Promise<Dialled> {
  const caller = await dial(url, false);
  caller.socket.write(ask);
  // The kernel takes the beginning of it, and node a piece of that.
  await until(() => caller.socket.bytesRead > 0, 'no answer');
  return caller;
}

/** Read the rest of an answer. Returns true where it comes to its end. */
async function isWhole({ socket, ended }: Dialled): Promise<boolean> {
  let bytes = 0;
  socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await inTime(ended, 'no end');
  return bytes > size;
}

describe('answers that their callers do not take are bounded together', () => {
  // Holds the loop of unsent-answers.ts, and its call in translate.ts.
  test('over the limit those that have waited longest are broken off, and a caller that reads is answered whole', async () => {
    await between(
      answering,
      async (gateway) => {
        const callers: Dialled[] = [];
        for (let n = 0; n < 4; n += 1) callers.push(await askAndWait(gateway.url));
        // Two of the four answers fit. The connections of the oldest two are closed before anybody reads.
        await gateway.logged('exchange', 2);
        assert.deepEqual(
          gateway.log.filter(({ event }) => event === 'exchange').map(({ fields }) => fields['aborted']),
          [true, true],
        );
        const { status, body } = await call(gateway.url, { method: 'GET', path });
        assert.equal(status, 200);
        assert.ok(body.length > size);
        // The one that reads had to have room, too: of those that wait the last is left.
        assert.deepEqual(await Promise.all(callers.map(isWhole)), [false, false, false, true]);
      },
      { GATEWAY_CONNECTIONS_MAX_UNTAKEN_BYTES: String(2.5 * size) },
    );
  });

  // Holds the default of maxUntakenBytes: what is broken off is given back to answersMaxTotalBytes, for those that read.
  test('callers that do not read use up the room of no other, by default', async () => {
    await between(answering, async (_, cloud) => {
      const gateway = await startGatewayApart(cloud.url);
      const callers: Dialled[] = [];
      try {
        for (let n = 0; n < 20; n += 1) callers.push(await askAndWait(gateway.url));
        const { status, body } = await call(gateway.url, { method: 'GET', path });
        assert.equal(status, 200, body.slice(0, 200));
      } finally {
        for (const { socket } of callers) socket.destroy();
        await gateway.stop();
      }
    });
  });
});

/** Make a response that was written whole and is not read. */
function written(bytes: number): ServerResponse {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  response.write(Buffer.alloc(bytes));
  return response;
}

/** The connection, and not the response alone: queued behind another, it would keep what it holds. */
function isCut({ req }: ServerResponse): boolean {
  return req.socket.destroyed;
}

// Holds `release` of unsent-answers.ts.
test('what has been taken, or has ended otherwise, makes room', () => {
  const { watch: unsent } = createUnsentAnswers(10_000);
  const all = Array.from({ length: 50 }, () => written(4000));
  for (const response of all) {
    unsent(response);
    response.emit('close');
  }
  assert.ok(!all.some(isCut));
  const [first, second, third] = [written(4000), written(4000), written(4000)];
  for (const response of [first, second, third]) unsent(response);
  assert.deepEqual([first, second, third].map(isCut), [true, false, false]);
});

// Holds `oldest === response` of unsent-answers.ts.
test('one answer alone may be over the limit', () => {
  const { watch: unsent } = createUnsentAnswers(10_000);
  const [small, huge] = [written(100), written(50_000)];
  unsent(small);
  unsent(huge);
  assert.deepEqual([small, huge].map(isCut), [true, false]);
});
