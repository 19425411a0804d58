import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '../../../src/compute/operation.ts';
import { listAddresses, showAddresses } from '../../../src/compute/operations/addresses.ts';
import { listInstanceActions, showInstanceAction } from '../../../src/compute/operations/instance-actions.ts';
import { rebuild } from '../../../src/compute/operations/rebuild.ts';
import {
  createServer,
  deleteServer,
  listServers,
  listServersDetail,
  showServer,
  updateServer,
} from '../../../src/compute/operations/servers.ts';
import { seedRequest } from '../../support/seed.ts';
import { named, type XmlSession } from '../xml-session.ts';
import { keyName } from './keypairs.ts';
import { changesMetadata } from './metadata.ts';

const compute = 'http://docs.openstack.org/compute/api/v1.1';
/** The network of Nova's own double of Neutron. */
const network = '3cb9bc59-5699-4588-a4b1-b87f96708bc6';

const newServer = (image: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<server xmlns="${compute}" xmlns:OS-DCF="http://docs.openstack.org/compute/ext/disk_config/api/v1.1"
    name="my server" imageRef="http://servers.example.com/v1.1/images/${image}" flavorRef="http://servers.example.com/v1.1/flavors/1"
    key_name="${keyName}" accessIPv4="1.2.3.4" accessIPv6="FE80::0100" OS-DCF:diskConfig="AUTO" adminPass="s3cr3t"
    availability_zone="nova" config_drive="true" min_count="1" max_count="1">
  <metadata><meta key="My Server Name">Apache1 &amp; &lt;co&gt;</meta></metadata>
  <personality><file path="/etc/banner.txt">ICAgICAgDQoiQSBjbG91ZCBkb2VzIG5v
    dCBrbm93IHdoeSBpdCBtb3Zlcy4i</file></personality>
  <user_data>IyEvYmluL3NoCmVjaG8gaGVsbG8K</user_data>
  <networks><network uuid="${network}"/></networks>
  <security_groups><security_group name="default"/></security_groups>
</server>`;

/** A creation that asks for a reservation: it answers nothing else, and has no Location. */
const reserveServers = {
  name: 'createServer',
  method: 'POST',
  route: 'servers',
  answer: createServer.otherAnswer,
  status: 202,
} as const satisfies Operation;

/** A server from its creation to its end. */
export function livesAServersLife(open: () => XmlSession): void {
  let id = '';

  test('creates a server with all that XML could say of one, and waits until it is there', async () => {
    const session = open();
    const { content, location } = await session.ask(createServer, 'servers', {
      body: newServer(session.cloud.images.servers),
    });
    id = content.id ?? '';
    assert.equal(location, `${session.gateway.url}/v2/${session.cloud.projectId}/servers/${id}`);
    assert.equal(content.adminPass, 's3cr3t');
    assert.equal((await session.ask(showServer, `servers/${id}`)).content.status, 'BUILD');
    const server = await session.until(id, 'ACTIVE');
    assert.deepEqual(
      [server.name, server.key_name, server.accessIPv4, server.accessIPv6, server.config_drive],
      ['my server', keyName, '1.2.3.4', 'fe80::100', 'True'],
    );
    assert.deepEqual([server['OS-DCF:diskConfig'], server['OS-EXT-AZ:availability_zone']], ['AUTO', 'nova']);
    assert.deepEqual(server.metadata, { 'My Server Name': 'Apache1 & <co>' });
    assert.deepEqual([server.image?.id, server.flavor?.id], [session.cloud.images.servers, '1']);
    assert.deepEqual(server.security_groups, [{ name: 'default' }]);
    assert.match(server['OS-SRV-USG:launched_at'] ?? '', /^\d{4}-\d\d-\d\dT/);
  });

  test('gets a reservation where it asks for one, and servers without a network', async () => {
    const session = open();
    const { images } = session.cloud;
    const body = `<server name="many" imageRef="${images.servers}" flavorRef="1" min_count="2" max_count="2" return_reservation_id="True"><networks/></server>`;
    const reserved = await session.ask(reserveServers, 'servers', { body });
    assert.match(reserved.content.reservation_id, /^r-\w+$/);
    const { content } = await session.ask(listServers, 'servers?name=many');
    assert.equal(content.servers?.length, 2);
    for (const server of content.servers ?? []) {
      await session.until(server.id ?? '', 'ACTIVE');
      await session.remove(server.id ?? '');
    }
  });

  test('is refused what is no server', async () => {
    const { servers } = open().cloud.images;
    for (const [body, status, root] of [
      [`<server name="no image" flavorRef="1" imageRef="none"/>`, 400, 'badRequest'],
      [`<server name="no flavor" imageRef="${servers}"/>`, 400, 'badRequest'],
      [`<server name="no such flavor" imageRef="${servers}" flavorRef="99"/>`, 400, 'badRequest'],
      [`<server name="" imageRef="${servers}" flavorRef="1"/>`, 400, 'badRequest'],
      [`<server name="no such key" imageRef="${servers}" flavorRef="1" key_name="none"/>`, 400, 'badRequest'],
      [`<machine name="no server" imageRef="${servers}" flavorRef="1"/>`, 422, 'computeFault'],
      ['<server', 400, 'badRequest'],
    ] as const)
      await open().refused(createServer, 'servers', status, root, body);
  });

  test('tells of an attribute that nobody knows, and makes the server all the same', async () => {
    const session = open();
    const body = `<server name="told" imageRef="${session.cloud.images.servers}" flavorRef="1" colour="red"><networks><network uuid="${network}"/></networks></server>`;
    const { content } = await session.ask(createServer, 'servers', { body, notes: 'colour;dropped' });
    await session.until(content.id ?? '', 'ACTIVE');
    await session.remove(content.id ?? '');
  });

  test('finds the server in the lists, by name and state, page by page', async () => {
    const session = open();
    const { content } = await session.ask(listServers, 'servers?name=my%20server&status=ACTIVE');
    assert.deepEqual(
      content.servers?.map(({ id, name }) => [id, name]),
      [[id, 'my server']],
    );
    assert.deepEqual((await session.ask(listServers, 'servers?status=ERROR')).document.match(/<server /), null);
    for (const version of ['v2', 'v1.1'] as const) {
      const older = session.as({ version });
      const seen: (string | undefined)[] = [];
      let page = await older.ask(listServers, 'servers?status=ACTIVE&limit=2');
      for (;;) {
        seen.push(...(page.content.servers ?? []).map((server) => server.id));
        const next = page.content.servers_links?.find(({ rel }) => rel === 'next')?.href;
        if (next === undefined) break;
        page = await older.follow(listServers, next);
      }
      assert.equal(new Set(seen).size, seen.length);
      for (const server of [id, ...session.cloud.servers]) assert.ok(seen.includes(server), server);
      const marked = await older.ask(listServers, `servers?limit=10&marker=${seen[0]}`);
      assert.equal(marked.content.servers?.length, seen.length - 1);
      const { content: detailed } = await older.ask(listServersDetail, 'servers/detail?limit=1');
      assert.equal(detailed.servers?.length, 1);
    }
    const { content: all } = await session.ask(
      listServersDetail,
      `servers/detail?image=${session.cloud.images.servers}&flavor=1`,
    );
    assert.equal(all.servers?.find((server) => server.id === id)?.key_name, keyName);
    await session.refused(listServers, 'servers?marker=none', 400, 'badRequest');
  });

  test('reads the addresses, of all networks and of one', async () => {
    const session = open();
    const { document: all } = await session.ask(listAddresses, `servers/${id}/ips`);
    assert.match(all, /<network id="private"><ip version="4" addr="192\.168\.1\.30"\/><\/network><\/addresses>$/);
    const { document } = await session.ask(showAddresses, `servers/${id}/ips/private`);
    assert.match(document, /<network xmlns="[^"]*" id="private"><ip version="4" addr="192\.168\.1\.30"\/><\/network>$/);
    await session.refused(showAddresses, `servers/${id}/ips/none`, 404, 'itemNotFound');
  });

  changesMetadata(open, () => id);

  test('renames the server and tells its address', async () => {
    const body = `<server xmlns="${compute}" name="renamed" accessIPv4="5.6.7.8"/>`;
    const { content } = await open().ask(updateServer, `servers/${id}`, { body });
    assert.deepEqual([content.name, content.accessIPv4, content.accessIPv6], ['renamed', '5.6.7.8', 'fe80::100']);
    await open().refused(updateServer, `servers/${id}`, 400, 'badRequest', '<server accessIPv4="none"/>');
    await open().refused(updateServer, `servers/${id}`, 422, 'computeFault', '<machine name="none"/>');
  });

  test('rebuilds the server with files, and waits until it is back', async () => {
    const session = open();
    const { content } = await session.ask(rebuild, `servers/${id}/action`, {
      body: seedRequest(session.cloud.images.rebuild),
    });
    assert.deepEqual([content.status, content.adminPass], ['REBUILD', 'seekr3t']);
    const server = await session.until(id, 'ACTIVE');
    assert.deepEqual([server.name, server.image?.id], ['foobar', session.cloud.images.rebuild]);
    await session.refused(rebuild, `servers/${id}/action`, 400, 'badRequest', '<rebuild imageRef="none"/>');
  });

  test('reads what was done to the server', async () => {
    const session = open();
    const { content: done } = await session.ask(listInstanceActions, `servers/${id}/os-instance-actions`);
    // The last one first.
    assert.deepEqual(
      done.map(({ action }) => action),
      ['rebuild', 'create'],
    );
    const path = `servers/${id}/os-instance-actions/${done.at(-1)?.request_id}`;
    const { content: first } = await session.ask(showInstanceAction, path);
    assert.deepEqual([first.action, first.instance_uuid], ['create', id]);
    const admin = session.as({ token: session.cloud.tokens.admin });
    const { content: known } = await admin.ask(showInstanceAction, path);
    assert.deepEqual(
      known.events?.map(({ event, result }) => [event, result]),
      [['compute__do_build_and_run_instance', 'Success']],
    );
    await session.refused(showInstanceAction, `servers/${id}/os-instance-actions/none`, 404, 'itemNotFound');
  });

  test('deletes the server; after that there is none', async () => {
    const session = open();
    await session.remove(id);
    await session.refused(showServer, `servers/${id}`, 404, 'itemNotFound');
    await session.refused(deleteServer, `servers/${id}`, 404, 'itemNotFound');
    await session.refused(named('reboot'), `servers/${id}/action`, 404, 'itemNotFound', '<reboot type="HARD"/>');
    await session.refused(listAddresses, `servers/${id}/ips`, 404, 'itemNotFound');
  });
}
