import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { between } from '../support/forwarding.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { actionPath, faultOf, plainRebuild, rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { createChanges } from '../support/changes.ts';
import { inTime } from '../support/in-time.ts';
import { received } from '../support/published.ts';
import { dial, head, trickle } from './dialled.ts';

/** Make a cloud that holds its answers until they are released, and lists its requests by the names in a header. */
function holding(): {
  handle: Parameters<typeof between>[0];
  asked: string[];
  release: () => void;
  until: (count: number) => Promise<void>;
} {
  const asked: string[] = [];
  const held: (() => void)[] = [];
  const { changed, until } = createChanges();
  return {
    asked,
    handle: (request, response) => {
      request.resume();
      asked.push(String(request.headers['x-name']));
      held.push(() => response.writeHead(202, { 'Content-Type': 'application/json' }).end(serverDocument));
      changed();
    },
    release: () => held.shift()?.(),
    until: (count) =>
      inTime(
        until(() => asked.length >= count),
        `the cloud was not asked ${count} times`,
      ),
  };
}

const named = (url: string, name: string): Promise<TestAnswer> => {
  const request = rebuildRequest('xml');
  return call(url, { ...request, headers: { ...request.headers, 'X-Name': name } });
};

describe('a limited number of requests is translated at a time, and others wait', () => {
  // Holds max and maxWaiting of gate.ts.
  test('requests over both limits are refused with 503 and Retry-After, and the cloud never sees them', async () => {
    const cloud = holding();
    await between(
      cloud.handle,
      async (gateway) => {
        const inside = [named(gateway.url, 'a'), named(gateway.url, 'b')];
        await cloud.until(2);
        const isWaiting = received(gateway.url);
        const waiting = named(gateway.url, 'c');
        await isWaiting;
        const refused = await Promise.all([named(gateway.url, 'd'), named(gateway.url, 'e')]);
        for (const answer of refused) {
          assert.equal(faultOf(answer, 'xml').title, 'serviceUnavailable');
          assert.match(answer.body, /Nothing was sent to the cloud/);
          assert.equal(answer.headers['retry-after'], '1');
        }
        for (let n = 1; n <= 3; n += 1) {
          await cloud.until(n);
          cloud.release();
        }
        assert.deepEqual(
          (await Promise.all([...inside, waiting])).map(({ status }) => status),
          [202, 202, 202],
        );
        assert.deepEqual(cloud.asked.toSorted(), ['a', 'b', 'c']);
      },
      { GATEWAY_EXCHANGES_MAX: '2', GATEWAY_EXCHANGES_MAX_WAITING: '1' },
    );
  });

  // Holds the order of gate.ts.
  test('requests that wait are translated in the order of their arrival', async () => {
    const cloud = holding();
    await between(
      cloud.handle,
      async (gateway) => {
        const names = ['a', 'b', 'c', 'd', 'e'];
        const answers: Promise<TestAnswer>[] = [];
        for (const name of names) {
          const isWaiting = received(gateway.url);
          answers.push(named(gateway.url, name));
          await isWaiting;
        }
        for (let n = 1; n <= names.length; n += 1) {
          await cloud.until(n);
          assert.equal(cloud.asked.length, n);
          cloud.release();
        }
        await Promise.all(answers);
        assert.deepEqual(cloud.asked, names);
      },
      { GATEWAY_EXCHANGES_MAX: '1' },
    );
  });

  // Holds waitMs of gate.ts.
  test('a request that waits too long is refused with 503 and Retry-After, and the cloud never sees it', async () => {
    const cloud = holding();
    await between(
      cloud.handle,
      async (gateway) => {
        const inside = named(gateway.url, 'a');
        await cloud.until(1);
        const late = await inTime(named(gateway.url, 'b'));
        assert.equal(late.status, 503);
        assert.equal(late.headers['retry-after'], '1');
        cloud.release();
        assert.equal((await inside).status, 202);
        assert.deepEqual(cloud.asked, ['a']);
      },
      { GATEWAY_EXCHANGES_MAX: '1', GATEWAY_EXCHANGES_WAIT_MS: '200' },
    );
  });

  // Holds the abort of gate.ts: the place among those that wait, and the turn afterwards.
  test('a caller that hangs up while it waits frees its place, and the cloud never sees it', async () => {
    const cloud = holding();
    await between(
      cloud.handle,
      async (gateway) => {
        const inside = named(gateway.url, 'a');
        await cloud.until(1);
        const gone = await dial(gateway.url);
        const isWaiting = received(gateway.url);
        gone.socket.write(head(actionPath, plainRebuild.xml.length) + plainRebuild.xml);
        await isWaiting;
        gone.socket.destroy();
        await gateway.logged('exchange', 1);
        const isNextWaiting = received(gateway.url);
        const next = named(gateway.url, 'b');
        await isNextWaiting;
        cloud.release();
        await cloud.until(2);
        cloud.release();
        assert.deepEqual([(await inside).status, (await next).status], [202, 202]);
        assert.deepEqual(cloud.asked, ['a', 'b']);
      },
      { GATEWAY_EXCHANGES_MAX: '1', GATEWAY_EXCHANGES_MAX_WAITING: '1' },
    );
  });

  // Holds that the turn is taken after the body has been read (translate.ts).
  test('callers that are slow to send their bodies keep no turn', async () => {
    const cloud = holding();
    await between(
      cloud.handle,
      async (gateway) => {
        const slow = await Promise.all(Array.from({ length: 20 }, () => dial(gateway.url)));
        const haveArrived = received(gateway.url, slow.length);
        for (const { socket } of slow) {
          socket.write(head(actionPath, 10_000));
          trickle(socket, ' ');
        }
        await haveArrived;
        const quick = named(gateway.url, 'quick');
        await cloud.until(1);
        cloud.release();
        assert.equal((await quick).status, 202);
        for (const { socket } of slow) socket.destroy();
      },
      { GATEWAY_EXCHANGES_MAX: '1', GATEWAY_EXCHANGES_MAX_WAITING: '0' },
    );
  });

  // Holds the finally of translate.ts: a turn is given back, whatever ended the exchange.
  test('a turn is given back after faults, hang-ups and refusals', async () => {
    let answers = 0;
    await between(
      (request, response) => {
        request.resume();
        answers += 1;
        if (answers % 2 === 0) request.socket.destroy();
        else response.writeHead(500).end('{');
      },
      async (gateway) => {
        for (let n = 0; n < 6; n += 1) {
          const { status } = await inTime(named(gateway.url, 'x'));
          assert.ok(status !== 503, 'there was no turn');
          const { status: refused } = await call(gateway.url, rebuildRequest('xml', '<rebuild/>'));
          assert.equal(refused, 400);
        }
      },
      { GATEWAY_EXCHANGES_MAX: '1', GATEWAY_EXCHANGES_MAX_WAITING: '0' },
    );
  });
});

// Holds budget.ts: what is held, and that it is given back however an exchange ends.
test('bodies over the limit for all together are refused with 503, and what ended makes room', async () => {
  const cloud = holding();
  await between(
    cloud.handle,
    async (gateway) => {
      const half = Buffer.alloc(30_000, ' ');
      const holders = await Promise.all([dial(gateway.url), dial(gateway.url), dial(gateway.url)]);
      const haveArrived = received(gateway.url, holders.length);
      for (const { socket } of holders) socket.write(Buffer.concat([Buffer.from(head(actionPath, 60_000)), half]));
      await haveArrived;
      const body = plainRebuild.xml + ' '.repeat(20_000);
      const refused = await call(gateway.url, rebuildRequest('xml', body));
      assert.equal(faultOf(refused, 'xml').title, 'serviceUnavailable');
      assert.equal(refused.headers['retry-after'], '1');
      assert.equal(cloud.asked.length, 0);
      for (const { socket } of holders) socket.destroy();
      await gateway.logged('exchange', 4);
      const taken = call(gateway.url, rebuildRequest('xml', body));
      await cloud.until(1);
      cloud.release();
      assert.equal((await taken).status, 202);
    },
    { GATEWAY_REQUEST_MAX_TOTAL_BYTES: '100000', GATEWAY_REQUEST_MAX_BYTES: '100000' },
  );
});

// Holds budget.ts against requests in a row on one connection, whose responses never had a turn on the socket.
test('pipelined bodies of callers that hang up are given back', async () => {
  const cloud = holding();
  await between(
    cloud.handle,
    async (gateway) => {
      const body = plainRebuild.xml + ' '.repeat(20_000);
      for (let n = 0; n < 6; n += 1) {
        const caller = await dial(gateway.url);
        caller.socket.write(`GET /v2/p/flavors HTTP/1.1\r\nHost: g\r\n\r\n${head(actionPath, body.length)}${body}`);
        await cloud.until((n + 1) * 2);
        caller.socket.destroy();
        await gateway.logged('exchange', (n + 1) * 2);
      }
      const taken = call(gateway.url, rebuildRequest('xml', body));
      await cloud.until(13);
      for (let n = 0; n < 13; n += 1) cloud.release();
      assert.equal((await taken).status, 202);
    },
    {
      GATEWAY_REQUEST_MAX_TOTAL_BYTES: '30000',
      GATEWAY_REQUEST_MAX_BYTES: '30000',
      GATEWAY_CONNECTIONS_HALF_CLOSE_MS: '0',
    },
  );
});
