import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { join } from 'node:path';
import { serving, spawnGateway, type GatewayProcess } from '../process/gateway-process.ts';
import { call } from '../support/http.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { inTime } from '../support/in-time.ts';
import { startSlowCloud, type SlowCloud } from './slow-cloud.ts';

const canary = 'canary-7f3a9c';
const thrower = join(import.meta.dirname, 'later-error.ts');
const count = 12;

/** Run exchanges that the cloud holds, raise the error, and hand on the statuses of the exchanges. */
async function withError(
  by: 'exception' | 'rejection',
  play: (gateway: GatewayProcess, cloud: SlowCloud, statuses: Promise<number[]>) => Promise<void>,
): Promise<void> {
  const cloud = await startSlowCloud([0, 0]);
  cloud.hold();
  const environment = { NODE_OPTIONS: `--import=${thrower}`, CANARY: canary, CANARY_BY: by };
  const gateway = spawnGateway(serving(cloud.url, environment));
  try {
    const { url } = await gateway.ready();
    const kinds = ['xml', 'json'] as const;
    const running = Array.from({ length: count }, (_, n) =>
      call(url, rebuildRequest(kinds[n % 2] ?? 'xml')).then(
        ({ status }) => status,
        () => 0,
      ),
    );
    await cloud.hasSeen(count);
    gateway.child.kill('SIGUSR2');
    await gateway.logged('unhandled error');
    await play(gateway, cloud, Promise.all(running));
  } finally {
    gateway.kill();
    await gateway.ended();
    await cloud.stop();
  }
}

const allAnswered = Array.from({ length: count }, () => 202);

describe('an unexpected error', () => {
  for (const by of ['exception', 'rejection'] as const) {
    // Holds: the listeners of main.ts for both, describeDefect, and drain before process.exit.
    test(`as ${by} is one line with an id and without its message; what runs is finished; the code is 70`, () =>
      withError(by, async (gateway, cloud, statuses) => {
        cloud.release();
        assert.deepEqual(await inTime(statuses, 'no answers'), allAnswered);
        assert.equal(await gateway.ended(), 70);
        const lines = gateway.lines().filter(({ message }) => message === 'unhandled error');
        assert.equal(lines.length, 1);
        assert.match(String(lines[0]?.['id']), /^err-[0-9a-f-]{36}$/);
        assert.equal(lines[0]?.['error'], 'TypeError');
        assert.equal(lines[0]?.['event'], by === 'exception' ? 'uncaughtException' : 'unhandledRejection');
        assert.ok(Array.isArray(lines[0]?.['at']) && lines[0]['at'].length > 0, 'it says where');
        assert.ok(!(gateway.stdout() + gateway.stderr()).includes(canary), 'the message is nowhere');
        assert.equal(gateway.stderr(), '');
        assert.equal(gateway.lines().at(-1)?.['message'], 'stopped');
      }));

    // Holds: that only a second signal ends at once, and not a second error: one error often brings another.
    test(`as ${by}, and again while what runs is finished, cuts nothing off`, () =>
      withError(by, async (gateway, cloud, statuses) => {
        gateway.child.kill('SIGUSR2');
        await gateway.logged('unhandled error', 2);
        cloud.release();
        assert.deepEqual(await inTime(statuses, 'no answers'), allAnswered);
        assert.equal(await gateway.ended(), 70);
      }));
  }

  // Holds: that the exit code is that of the error though a signal came first.
  test('after SIGTERM cuts nothing off either, and the code is 70', () =>
    withError('exception', async (gateway, cloud, statuses) => {
      gateway.child.kill('SIGTERM');
      cloud.release();
      assert.deepEqual(await inTime(statuses, 'no answers'), allAnswered);
      assert.equal(await gateway.ended(), 70);
    }));
});
