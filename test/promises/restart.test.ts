import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serving, spawnGateway, type GatewayProcess } from '../process/gateway-process.ts';
import { until } from '../support/in-time.ts';
import { startBalancer, type Backend, type Balancer } from './balancer.ts';
import { underLoad, type Ended } from './load.ts';
import { startSlowCloud } from './slow-cloud.ts';

/** Long enough for the balancer to see that a gateway is not ready before that stops listening, also on a busy machine. */
const settings = { GATEWAY_SHUTDOWN_NOTICE_MS: '2000' };

interface Running {
  readonly gateway: GatewayProcess;
  readonly backend: Backend;
}

async function begin(balancer: Balancer, cloudUrl: string): Promise<Running> {
  const gateway = spawnGateway(serving(cloudUrl, settings));
  const backend = await gateway.ready();
  await balancer.add(backend);
  return { gateway, backend };
}

// Holds: that a gateway which is asked to end first says so at /readyz and still takes connections, closes each with its
// next answer, and only then stops to listen (drain of gateway.ts).
test('gateways behind a balancer are restarted one after the other under load, and no request is lost', async (context) => {
  const cloud = await startSlowCloud([5, 120]);
  const balancer = await startBalancer();
  let running: Running[] = [];
  const old: Running[] = [];
  try {
    running = [await begin(balancer, cloud.url), await begin(balancer, cloud.url)];
    const ended: Ended[] = [];
    await underLoad(balancer.url, 40, ['xml', 'json', 'forwarded'], async (load) => {
      const more = async (count: number): Promise<void> => {
        const before = load.ended.length;
        await until(() => load.ended.length >= before + count, 'there is no load');
      };
      await more(200);
      for (const former of running.slice()) {
        const fresh = await begin(balancer, cloud.url);
        running = [...running.filter((one) => one !== former), fresh];
        old.push(former);
        former.gateway.child.kill('SIGTERM');
        assert.equal(await former.gateway.ended(), 0);
        balancer.remove(former.backend);
        await more(200);
      }
      await load.stop();
      ended.push(...load.ended);
    });
    const lost = ended.filter(({ kind, status }) => kind !== 'answered' || status !== 202);
    context.diagnostic(`${ended.length} requests over ${old.length} restarts, ${lost.length} lost`);
    assert.deepEqual(
      lost.map(({ kind, status, error, isReused }) => ({ kind, status, error, isReused })),
      [],
    );
    assert.ok(ended.length > 500, `a load of ${ended.length} is none`);
    for (const { number } of ended) {
      const mark = `mark-${String(number).padStart(6, '0')}`;
      assert.equal(cloud.seen.get(mark), 1, mark);
    }
    for (const { gateway } of old) assert.equal(gateway.stderr(), '');
  } finally {
    for (const { gateway } of [...running, ...old]) {
      gateway.kill();
      await gateway.ended();
    }
    await balancer.stop();
    await cloud.stop();
  }
});
