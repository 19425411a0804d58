import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { python, startRealCloud, whyNoRealCloud, type RealCloud } from './start-real-cloud.ts';

/** The report of openstacksdk_session.py. */
interface Told {
  readonly servers: readonly string[];
  readonly bare: number;
  readonly flavors: number;
  readonly self: readonly string[];
  readonly links: readonly string[];
  readonly called: readonly string[];
}

const skip = whyNoRealCloud('keystone', 'glance', 'openstack');

describe('openstacksdk, on v2.1, at a real Nova', { skip }, () => {
  let cloud: RealCloud;
  let gateway: TestGateway;
  let told: Told;

  before(async () => {
    cloud = await startRealCloud({ auth: 'keystone' });
    gateway = await startTestGateway(cloud.endpoint, { GATEWAY_UPSTREAM_PROFILE: 'nova' });
    told = await runSdk(cloud, gateway);
  });
  after(async () => {
    await gateway.stop();
    await cloud.stop();
  });

  test('reads every page of a list through the gateway', () => {
    assert.deepEqual(told.servers, ['sandbox-1', 'sandbox-2', 'sandbox-3']);
    assert.equal(told.bare, 3);
    assert.equal(told.flavors, 4);
    assert.deepEqual(told.called, [gateway.url, new URL(cloud.authUrl ?? '').origin].toSorted());
    const pages = gateway.log.filter(({ fields }) => String(fields['path']).endsWith('/servers/detail'));
    assert.ok(pages.length >= 3);
  });

  test('is shown no address of the cloud', () => {
    assert.deepEqual(told.self, [`${gateway.url}/v2.1/`]);
    assert.ok(told.links.length > 0);
    for (const link of told.links) assert.ok(link.startsWith(`${gateway.url}/`), link);
  });
});

async function runSdk({ authUrl = '', users = {} }: RealCloud, gateway: TestGateway): Promise<Told> {
  const user = 'demo';
  const account = users[user];
  assert.ok(account);
  const child = spawn(python, [`${import.meta.dirname}/openstacksdk_session.py`], {
    env: { ...process.env, no_proxy: '127.0.0.1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  const ended = once(child, 'close');
  child.stdin.end(JSON.stringify({ url: gateway.url, authUrl, user, ...account }));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  assert.equal(child.exitCode, 0, errors);
  // The script is this test's own.
  return JSON.parse(output) as Told;
}
