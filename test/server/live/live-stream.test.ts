// Guards: live-stream.ts and answer-live.ts of src/console/live.
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, mock, test } from 'node:test';
import { fixedLimits } from '../../../src/config/fixed-limits.ts';
import { answerLive } from '../../../src/console/live/answer-live.ts';
import { LiveHub } from '../../../src/observe/live/live-hub.ts';
import { until } from '../../support/in-time.ts';
import { readLive, type LiveClient } from './live-client.ts';

describe('a stream of exchanges', () => {
  let [isProven, wantsAll] = [true, false];
  const hub = new LiveHub({ exchanges: 0 }, (isWatched) => (wantsAll = isWatched));
  const responses: ServerResponse[] = [];
  const server = createServer((_, response) => {
    const { status, headers, body } = answerLive(hub, 'gateway-1', { isHead: false, isProven: () => isProven });
    response.writeHead(status, headers);
    if (typeof body === 'string') response.end(body);
    else body(response);
    responses.push(response);
  });
  let url = '';
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  const leaveAll = async (...clients: readonly LiveClient[]): Promise<void> => {
    for (const client of clients) client.leave();
    await until(() => !wantsAll, 'the readers are still there');
    responses.length = 0;
  };

  test('leaves out for a slow reader what it does not take, and says how many; a fast one gets all', async () => {
    const [fast, slow] = [await readLive(url, {}), await readLive(url, {}, false)];
    const text = JSON.stringify({ path: 'x'.repeat(8000) });
    let fed = 0;
    for (let batch = 0; batch < 100; batch += 1) {
      hub.receive({ texts: Array.from({ length: 20 }, () => text), dropped: 0 });
      fed += 20;
      await fast.has('exchange', fed);
      for (const { writableLength } of responses) assert.ok(writableLength < fixedLimits.liveReaderBytes + 8192);
    }
    assert.equal(fast.events.filter(({ name }) => name === 'dropped').length, 0);
    slow.answer.resume();
    const missed = (): number => Number(slow.events.findLast(({ name }) => name === 'dropped')?.data['count'] ?? 0);
    await until(() => {
      hub.receive({ texts: [text], dropped: 0 });
      fed += 1;
      return missed() > 0;
    }, 'the slow reader is not told what it missed');
    await until(
      () => slow.events.filter(({ name }) => name === 'exchange').length + missed() === fed,
      'not every exchange is seen or counted',
    );
    await leaveAll(fast, slow);
  });

  test('tells each reader how many were left out because too many ended at a time', async () => {
    const reader = await readLive(url, {});
    hub.receive({ texts: ['{}'], dropped: 3 });
    hub.receive({ texts: ['{}'], dropped: 4 });
    await reader.has('dropped', 2);
    assert.deepEqual(reader.events.at(-1), { name: 'dropped', data: { count: 7 } });
    await leaveAll(reader);
  });

  test('is refused beyond the limit of readers, and collects nothing when all have gone', async () => {
    const readers = await Promise.all(Array.from({ length: fixedLimits.liveReaders }, () => readLive(url, {})));
    const one = await readLive(url, {});
    assert.deepEqual([one.status, one.headers['retry-after']], [503, '10']);
    assert.equal(wantsAll, true);
    await leaveAll(...readers);
    const next = await readLive(url, {});
    assert.equal(next.status, 200);
    await leaveAll(next);
  });

  test('has heartbeats, which end it for a reader who may no longer see it, and for one that takes nothing', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      const [reader, stuck] = [await readLive(url, {}), await readLive(url, {}, false)];
      mock.timers.tick(fixedLimits.liveHeartbeatMs);
      await until(() => reader.text().includes(': still here'), 'there is no heartbeat');
      const text = JSON.stringify({ path: 'x'.repeat(100_000) });
      // The buffers of the system grow for a while, and take more.
      await until(() => {
        if (responses[0]?.writableLength === 0) mock.timers.tick(fixedLimits.liveHeartbeatMs);
        hub.receive({ texts: [text], dropped: 0 });
        return responses[1]?.destroyed === true;
      }, 'the stuck reader is still there');
      assert.equal(responses[0]?.destroyed, false);
      isProven = false;
      mock.timers.tick(fixedLimits.liveHeartbeatMs);
      await reader.ended();
      assert.deepEqual(reader.events.at(-1), { name: 'end', data: { reason: 'unproven' } });
      await leaveAll(reader, stuck);
    } finally {
      isProven = true;
      mock.timers.reset();
    }
  });
});
