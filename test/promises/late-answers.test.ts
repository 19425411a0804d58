import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { describe, test } from 'node:test';
import { call } from '../support/http.ts';
import { inTime } from '../support/in-time.ts';
import { rebuildRequest, rebuildWithFile, serverDocument } from '../support/rebuild-call.ts';
import { serving, spawnGateway, type GatewayProcess } from '../process/gateway-process.ts';
import { httpAnswer, startRawCloud, type RawCloud, type Step } from '../support/raw-cloud.ts';

/** Enough for a whole exchange on a busy machine. */
const settings = { GATEWAY_EXCHANGES_TIMEOUT_MS: '1500' };

async function playing(
  script: readonly Step[],
  play: (url: string, cloud: RawCloud) => Promise<void>,
): Promise<GatewayProcess> {
  const cloud = await startRawCloud(script);
  const gateway = spawnGateway(serving(cloud.url, settings));
  try {
    const { url } = await gateway.ready();
    await play(url, cloud);
    return gateway;
  } finally {
    gateway.kill();
    await gateway.ended();
    await cloud.stop();
  }
}

/** Answers all requests, the first of each connection when a promise resolves. */
const answersAfter = (until: Promise<void>): Step[] => [
  { kind: 'read' },
  { kind: 'wait', until },
  { kind: 'write', bytes: httpAnswer(200, serverDocument) },
  { kind: 'read' },
  { kind: 'write', bytes: httpAnswer(202, serverDocument) },
];

// Holds: deadline.ts, which ends the work behind an exchange with it, and answers past Express's chain of middleware.
describe('an exchange that has reached its limit is over', { concurrency: true }, () => {
  test('nothing is sent for it any more: not even the rebuild that waited for a GET', async () => {
    const late = Promise.withResolvers<void>();
    const gateway = await playing(answersAfter(late.promise), async (url, cloud) => {
      const answer = await call(url, rebuildRequest('xml', rebuildWithFile.xml));
      assert.equal(answer.status, 504);
      late.resolve();
      // A late request of the first exchange would arrive before this one.
      assert.equal((await call(url, { method: 'GET', path: '/v2/p/os-gadgets' })).status, 200);
      assert.deepEqual(
        cloud.requests().filter((line) => !line.startsWith('GET ')),
        [],
      );
    });
    assert.equal(gateway.stderr().slice(0, 300), '');
    assert.deepEqual(
      gateway.lines().filter(({ level }) => level === 'error'),
      [],
    );
  });

  for (const [road, path] of [
    ['translated', rebuildRequest('json').path],
    ['forwarded', '/v2/p/os-gadgets'],
  ] as const) {
    test(`a late answer breaks nothing of the next exchange on the connection (${road})`, async () => {
      const late = Promise.withResolvers<void>();
      const gateway = await playing(
        [
          { kind: 'read' },
          { kind: 'wait', until: late.promise },
          { kind: 'write', bytes: httpAnswer(202, serverDocument) },
        ],
        async (url) => {
          const agent = new Agent({ keepAlive: true, maxSockets: 1 });
          const ask = (): Promise<number> =>
            new Promise((resolve, reject) => {
              const { headers = {}, body } = rebuildRequest('json');
              const outgoing = request(
                new URL(url),
                { method: 'POST', path, headers: { ...headers }, agent },
                (answer) => answer.resume().once('end', () => resolve(answer.statusCode ?? 0)),
              );
              outgoing.once('error', reject).end(body);
            });
          try {
            assert.deepEqual([await ask(), await ask()], [504, 504]);
            late.resolve();
            assert.equal(await inTime(ask(), 'no answer'), 202);
          } finally {
            agent.destroy();
          }
        },
      );
      assert.equal(gateway.stderr().slice(0, 300), '');
      assert.deepEqual(
        gateway.lines().filter(({ level }) => level === 'error'),
        [],
      );
    });
  }
});
