import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as floatingIps from '../../../src/compute/operations/floating-ips.ts';
import * as securityGroups from '../../../src/compute/operations/security-groups.ts';
import * as volumeAttachments from '../../../src/compute/operations/volume-attachments.ts';
import { named, type XmlSession } from '../xml-session.ts';

/** A volume and the group of Nova's own doubles of Cinder and Neutron. */
const volume = 'a07f71dc-8151-4e7d-a0cc-cd24a3f11113';
const group = 'aec9df91-db1f-4e04-8ac6-e761d8461c53';

/**
 * Test the resources of other services. Nova's own test doubles stand for Neutron and Cinder: they show groups and
 * addresses and attach volumes. Anything else becomes a fault.
 */
export function meetsTheNeighbours(open: () => XmlSession): void {
  const server = (): string => open().cloud.servers[2] ?? '';
  const action = (): string => `servers/${server()}/action`;

  test('lists the security groups, of the project and of a server', async () => {
    const session = open();
    for (const path of ['os-security-groups', `servers/${server()}/os-security-groups`]) {
      const { content, document } = await session.ask(securityGroups.listSecurityGroups, path);
      const [first, ...others] = content;
      assert.deepEqual(
        [first?.id, first?.name, first?.description, others],
        [group, 'default', 'Default security group', []],
      );
      assert.equal(first?.rules?.length, 2);
      const rule = '<ip_protocol>None</ip_protocol><from_port>None</from_port><to_port>None</to_port>';
      assert.ok(document.includes(rule), document);
      const { content: shown } = await session.ask(securityGroups.showSecurityGroup, `os-security-groups/${group}`);
      assert.deepEqual(shown, first);
    }
  });

  test('attaches a volume, shows and lists it, and detaches it', async () => {
    const session = open();
    const all = `servers/${server()}/os-volume_attachments`;
    assert.deepEqual((await session.ask(volumeAttachments.listVolumeAttachments, all)).content, []);
    const body = `<volumeAttachment volumeId="${volume}" device="/dev/vdb"/>`;
    const { content: attached } = await session.ask(volumeAttachments.attachVolume, all, { body });
    assert.deepEqual([attached.volumeId, attached.serverId], [volume, server()]);
    const { content: listed } = await session.ask(volumeAttachments.listVolumeAttachments, all);
    assert.deepEqual(listed, [attached]);
    const { content: shown } = await session.ask(volumeAttachments.showVolumeAttachment, `${all}/${volume}`);
    assert.deepEqual(shown, attached);
    assert.deepEqual((await session.until(server(), 'ACTIVE'))['os-extended-volumes:volumes_attached'], [
      { id: volume },
    ]);
    await session.ask(volumeAttachments.detachVolume, `${all}/${volume}`);
    await session.refused(volumeAttachments.showVolumeAttachment, `${all}/none`, 404, 'itemNotFound');
    await session.refused(volumeAttachments.attachVolume, all, 400, 'badRequest', '<volumeAttachment/>');
  });

  test('has no floating IPs where there is no pool', async () => {
    const session = open();
    assert.deepEqual((await session.ask(floatingIps.listFloatingIps, 'os-floating-ips')).content, []);
    assert.deepEqual((await session.ask(floatingIps.listFloatingIpPools, 'os-floating-ip-pools')).content, []);
    for (const body of [undefined, '<pool>nova</pool>'])
      await session.refused(floatingIps.createFloatingIp, 'os-floating-ips', 404, 'itemNotFound', body);
    const add = '<addFloatingIp><address>10.0.0.9</address></addFloatingIp>';
    await session.refused(named('addFloatingIp'), action(), 404, 'itemNotFound', add);
    const remove = '<removeFloatingIp><address>10.0.0.9</address></removeFloatingIp>';
    await session.refused(named('removeFloatingIp'), action(), 404, 'itemNotFound', remove);
  });

  test('gives a fixed IP, and takes one away', async () => {
    const session = open();
    const add = '<addFixedIp><networkId>3cb9bc59-5699-4588-a4b1-b87f96708bc6</networkId></addFixedIp>';
    await session.ask(named('addFixedIp'), action(), { body: add });
    await session.ask(named('removeFixedIp'), action(), { body: '<removeFixedIp address="10.0.0.9"/>' });
  });

  test('gets a fault for what the network cannot do here', async () => {
    const newGroup = '<security_group name="new"><description>a new group</description></security_group>';
    const newRule = `<security_group_rule><ip_protocol>tcp</ip_protocol><from_port>22</from_port><to_port>22</to_port><cidr>0.0.0.0/0</cidr><parent_group_id>${group}</parent_group_id></security_group_rule>`;
    for (const [operation, path, body] of [
      [securityGroups.createSecurityGroup, 'os-security-groups', newGroup],
      [securityGroups.deleteSecurityGroup, `os-security-groups/${group}`],
      [securityGroups.createSecurityGroupRule, 'os-security-group-rules', newRule],
      [named('addSecurityGroup'), action(), '<addSecurityGroup><name>default</name></addSecurityGroup>'],
      [named('removeSecurityGroup'), action(), '<removeSecurityGroup><name>default</name></removeSecurityGroup>'],
      [floatingIps.showFloatingIp, 'os-floating-ips/1'],
      [floatingIps.deleteFloatingIp, 'os-floating-ips/1'],
    ] as const)
      await open().refused(operation, path, 500, 'computeFault', body);
  });

  test('gets a fault for what no description names, where the cloud has none of it', async () => {
    await open().refused({ method: 'GET' }, 'os-volumes', 500, 'computeFault');
    await open().refused({ method: 'GET' }, 'no-such-thing', 404, 'itemNotFound');
    await open().refused({ method: 'PUT' }, 'servers', 404, 'itemNotFound');
  });
}
