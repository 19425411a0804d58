import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WEB_1, at, sendAction, sendRebuild, send, serverOf, sendShow, startScene } from './cloud-caller.ts';

const LEGACY =
  'id name status tenant_id user_id metadata hostId image flavor created updated addresses accessIPv4 accessIPv6 ' +
  'links OS-DCF:diskConfig progress';
const SHOWN =
  'OS-EXT-AZ:availability_zone config_drive key_name OS-SRV-USG:launched_at OS-SRV-USG:terminated_at ' +
  'security_groups OS-EXT-STS:task_state OS-EXT-STS:vm_state OS-EXT-STS:power_state ' +
  'os-extended-volumes:volumes_attached';

/** The members that a microversion 2.x adds to each response. */
const GROWTH: readonly { readonly minor: number; readonly rebuild: string; readonly show: string }[] = [
  { minor: 1, rebuild: `${LEGACY} adminPass`, show: `${LEGACY} ${SHOWN}` },
  { minor: 3, rebuild: '', show: 'OS-EXT-SRV-ATTR:user_data' },
  { minor: 9, rebuild: 'locked', show: 'locked' },
  { minor: 19, rebuild: 'description', show: 'description' },
  { minor: 26, rebuild: 'tags', show: 'tags' },
  { minor: 54, rebuild: 'key_name', show: '' },
  { minor: 57, rebuild: 'user_data', show: '' },
  { minor: 63, rebuild: 'trusted_image_certificates', show: 'trusted_image_certificates' },
  { minor: 71, rebuild: 'server_groups', show: 'server_groups' },
  { minor: 73, rebuild: 'locked_reason', show: 'locked_reason' },
  { minor: 75, rebuild: SHOWN.replace(' key_name', ''), show: '' },
  { minor: 90, rebuild: 'OS-EXT-SRV-ATTR:hostname', show: 'OS-EXT-SRV-ATTR:hostname' },
];

function expected(reply: 'rebuild' | 'show', minor: number): readonly string[] {
  const grown = GROWTH.filter((step) => step.minor <= minor).flatMap((step) => step[reply].split(' '));
  return grown.filter((name) => name !== '').toSorted();
}

test('both responses have the members of Nova at each of the 93 microversions', async (t) => {
  const { cloud, clock } = await startScene(t);
  for (let minor = 1; minor <= 93; minor += 1) {
    const rebuilt = serverOf(await sendRebuild(cloud, {}, minor));
    assert.deepEqual(Object.keys(rebuilt).toSorted(), expected('rebuild', minor), `rebuild at 2.${minor}`);
    const shown = serverOf(await sendShow(cloud, minor));
    assert.deepEqual(Object.keys(shown).toSorted(), expected('show', minor), `show at 2.${minor}`);
    clock.now += 10_000;
  }
});

test('the flavor is a reference until 2.46 and embedded from 2.47 on', async (t) => {
  const { cloud } = await startScene(t);
  assert.deepEqual(serverOf(await sendShow(cloud, 46))['flavor'], {
    id: '1',
    links: [{ rel: 'bookmark', href: `${cloud.url}/${cloud.project}/flavors/1` }],
  });
  assert.deepEqual(serverOf(await sendRebuild(cloud, {}, 47))['flavor'], {
    vcpus: 1,
    ram: 512,
    disk: 1,
    ephemeral: 0,
    swap: 0,
    original_name: 'm1.tiny',
    extra_specs: {},
  });
});

test('addresses have a type and a MAC in a GET, and from 2.75 on in a rebuild', async (t) => {
  const { cloud, clock } = await startScene(t);
  const plain = { version: 4, addr: '192.168.1.119' };
  const whole = { ...plain, 'OS-EXT-IPS:type': 'fixed', 'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:77' };
  assert.deepEqual(serverOf(await sendShow(cloud))['addresses'], { private: [whole] });
  assert.deepEqual(serverOf(await sendRebuild(cloud, {}, 74))['addresses'], { private: [plain] });
  clock.now += 10_000;
  assert.deepEqual(serverOf(await sendRebuild(cloud, {}, 75))['addresses'], { private: [whole] });
});

test('the Location of a 202 is the self link', async (t) => {
  const { cloud } = await startScene(t);
  const reply = await sendRebuild(cloud);
  assert.equal(reply.status, 202);
  assert.equal(reply.headers['content-type'], 'application/json');
  assert.equal(reply.headers.location, `${cloud.url}/v2.1/${cloud.project}/servers/${WEB_1}`);
  assert.equal(at(reply.document, 'server', 'links', '0', 'href'), reply.headers.location);
  assert.match(String(reply.headers['x-openstack-request-id']), /^req-/);
  assert.equal(reply.headers['content-length'], String(Buffer.byteLength(reply.body)));
});

test('the response is JSON whatever Accept says, with the vendor media type on request', async (t) => {
  const { cloud } = await startScene(t);
  for (const { accept, type } of [
    { accept: 'application/xml', type: 'application/json' },
    { accept: 'application/vnd.openstack.compute+json', type: 'application/vnd.openstack.compute+json' },
  ]) {
    const reply = await send(cloud, { path: `/v2.1/servers/${WEB_1}`, headers: { Accept: accept } });
    assert.equal(reply.status, 200);
    assert.equal(reply.headers['content-type'], type);
  }
});

test('a fault of a controller is JSON for every Accept', async (t) => {
  const { cloud } = await startScene(t);
  const headers = { Accept: 'application/xml' };
  const reply = await sendAction(cloud, { headers, body: { sing: {} } });
  assert.equal(reply.headers['content-type'], 'application/json; charset=UTF-8');
});

test('adminPass is the one sent, even if empty, or 12 random characters', async (t) => {
  const { cloud, clock } = await startScene(t);
  for (const { members, password } of [
    { members: { adminPass: 'seekr3t' }, password: /^seekr3t$/ },
    { members: { adminPass: '' }, password: /^$/ },
    { members: {}, password: /^[2-9A-HJ-NP-Za-km-z]{12}$/ },
  ]) {
    assert.match(String(serverOf(await sendRebuild(cloud, members))['adminPass']), password);
    clock.now += 10_000;
  }
});
