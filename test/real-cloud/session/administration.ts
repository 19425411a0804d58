import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAssistedSnapshot } from '../../../src/compute/operations/assisted-snapshots.ts';
import { listBaremetalNodes } from '../../../src/compute/operations/baremetal-nodes.ts';
import { showConsoleToken } from '../../../src/compute/operations/console-tokens.ts';
import { createExternalEvents } from '../../../src/compute/operations/external-events.ts';
import * as flavors from '../../../src/compute/operations/flavors.ts';
import * as hosts from '../../../src/compute/operations/hosts.ts';
import { listInstanceActions } from '../../../src/compute/operations/instance-actions.ts';
import * as networks from '../../../src/compute/operations/networks.ts';
import * as quotaSets from '../../../src/compute/operations/quota-sets.ts';
import * as usageAudit from '../../../src/compute/operations/usage-audit.ts';
import { named, type XmlSession } from '../xml-session.ts';

/** Prefers that nothing is lost. */
const strict = { Prefer: 'handling=strict' };

/** Look after the cloud with the token of an administrator. */
export function looksAfterTheCloud(open: () => XmlSession): void {
  const admin = (): XmlSession => open().as({ token: open().cloud.tokens.admin });

  test('disables a host, enables it again, and turns it off and on', async () => {
    const session = admin();
    for (const [text, status] of [
      ['disable', 'disabled'],
      ['\n  Enable\n', 'enabled'],
    ] as const) {
      const body = `<?xml version="1.0" encoding="UTF-8"?>\n<updates>\n  <status>${text}</status>\n</updates>`;
      const { content } = await session.ask(hosts.updateHost, 'os-hosts/compute1', { body, headers: strict });
      assert.deepEqual(content, { host: 'compute1', status });
    }
    for (const [operation, power] of [
      [hosts.shutDownHost, 'shutdown'],
      [hosts.startHost, 'startup'],
      [hosts.rebootHost, 'reboot'],
    ] as const) {
      const { content } = await session.ask(operation, `os-hosts/compute1/${power}`);
      assert.deepEqual(content, { host: 'compute1', power_action: power });
    }
    await session.refused(hosts.rebootHost, 'os-hosts/none/reboot', 404, 'itemNotFound');
  });

  test('changes the quotas of a class and of a project, sending back what it was shown', async () => {
    const session = admin();
    const classPath = 'os-quota-class-sets/default';
    const { content: shown } = await session.ask(quotaSets.showQuotaClassSet, classPath);
    const ofClass = `<quota_class_set id="default"><cores>23</cores><ram>51200</ram></quota_class_set>`;
    const asking = { body: ofClass, headers: strict };
    const { content: changed } = await session.ask(quotaSets.updateQuotaClassSet, classPath, asking);
    assert.deepEqual([shown.id, changed.cores, changed.key_pairs], ['default', 23, shown.key_pairs]);
    const project = session.cloud.projectId;
    const body = `<quota_set id="${project}"><force>True</force><instances>45</instances></quota_set>`;
    const ofProject = await session.ask(quotaSets.updateQuotaSet, `os-quota-sets/${project}`, {
      body,
      headers: strict,
    });
    assert.equal(ofProject.content.instances, 45);
  });

  test('sees how far the hosts have counted the usage', async () => {
    const now = await admin().ask(usageAudit.listUsageAudits, 'os-instance_usage_audit_log');
    const then = await admin().ask(usageAudit.showUsageAudit, 'os-instance_usage_audit_log/2012-07-15%2000:00:00');
    for (const { content } of [now, then]) assert.deepEqual(content.hosts_not_run, ['compute1']);
    assert.equal(then.content.period_beginning, '2012-06-01 00:00:00');
  });

  test('sees the networks, none of which is deleted', async () => {
    const { content, document } = await admin().ask(networks.listNetworks, 'os-networks');
    const [first, ...others] = content;
    assert.deepEqual([first?.label, others], ['private', []]);
    assert.ok(document.includes('<deleted>False</deleted><vlan>None</vlan>'), document);
    const shown = await admin().ask(networks.showNetwork, `os-networks/${first?.id}`);
    assert.deepEqual(shown.content, first);
  });

  test('reports an event of a server, of which the server has an action with a zone', async () => {
    const server = open().cloud.servers[2] ?? '';
    const body = `<events><event><name>network-changed</name><server_uuid>${server}</server_uuid></event></events>`;
    const { content } = await admin().ask(createExternalEvents, 'os-server-external-events', { body });
    assert.deepEqual(content, [{ status: 'completed', name: 'network-changed', server_uuid: server, code: 200 }]);
    const { document } = await open().ask(listInstanceActions, `servers/${server}/os-instance-actions`);
    assert.match(document, / start_time="\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?\+00:00"/);
  });

  test('names extra specs and the metadata of an aggregate by attributes and elements alike', async () => {
    const session = admin();
    const path = 'flavors/2/os-extra_specs';
    const specs = await session.ask(flavors.createExtraSpecs, path, {
      body: '<extra_specs key1="value1"><key2>value2</key2></extra_specs>',
      headers: strict,
    });
    assert.deepEqual(specs.content, { key1: 'value1', key2: 'value2' });
    const { content: made } = await session.ask(named('createAggregate'), 'os-aggregates', {
      body: '<aggregate name="a1" availability_zone="az1"/>',
    });
    const { content: set } = await session.ask(named('setAggregateMetadata'), `os-aggregates/${made.id}/action`, {
      body: '<set_metadata><metadata k1="v1"><k2>v2</k2></metadata></set_metadata>',
      headers: strict,
    });
    assert.deepEqual(set.metadata, { availability_zone: 'az1', k1: 'v1', k2: 'v2' });
  });

  test('gets a fault for what this cloud has none of', async () => {
    const session = admin();
    const create = '<snapshot volume_id="v"><create_info snapshot_id="s" type="qcow2" new_file="f"/></snapshot>';
    await session.refused(createAssistedSnapshot, 'os-assisted-volume-snapshots', 400, 'badRequest', create);
    await session.refused(showConsoleToken, 'os-console-auth-tokens/none', 404, 'itemNotFound');
    await session.refused(listBaremetalNodes, 'os-baremetal-nodes', 501, 'notImplemented');
  });
}
