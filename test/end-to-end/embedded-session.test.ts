import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmbeddedCloud } from '../../examples/embedded-cloud/embedded-cloud.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { startTestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';

const image = '70a599e0-31e7-49b7-b260-868f441e862b';
const rebuildMs = 1000;

/** The lists and details that a client reads, by paths below the project; FLAVOR and SERVER are ids. */
const reads = [
  'servers',
  'servers/detail',
  'servers?limit=2',
  'servers/SERVER',
  'servers/SERVER/ips',
  'servers/SERVER/metadata',
  'images',
  'images/detail',
  `images/${image}`,
  `images/${image}/metadata`,
  'flavors',
  'flavors/detail',
  'flavors/FLAVOR',
  'flavors/FLAVOR/os-extra_specs',
  'limits',
  'extensions',
  'extensions/OS-DCF',
  'os-keypairs',
  'os-keypairs/web-key',
  'os-availability-zone',
  'os-security-groups',
  'os-server-groups',
  'os-floating-ips',
  'servers/SERVER/os-security-groups',
  'servers/SERVER/os-volume_attachments',
  'servers/SERVER/os-interface',
  'servers/SERVER/os-instance-actions',
  'servers/SERVER/os-server-password',
  'os-tenant-networks',
];

/** The actions of a client: the XML document, the expected status, and true if the server is busy afterwards. */
const actions = [
  { body: '<reboot type="HARD"/>', status: 202 },
  { body: '<changePassword adminPass="secret"/>', status: 202 },
  { body: '<os-stop/>', status: 202 },
  { body: '<os-start/>', status: 202 },
  { body: '<pause/>', status: 202 },
  { body: '<unpause/>', status: 202 },
  { body: '<suspend/>', status: 202 },
  { body: '<resume/>', status: 202 },
  { body: '<lock/>', status: 202 },
  { body: '<pause/>', status: 409 },
  { body: '<unlock/>', status: 202 },
  { body: '<rescue adminPass="secret"/>', status: 200 },
  { body: '<unrescue/>', status: 202 },
  { body: '<createImage name="snapshot"/>', status: 202 },
  { body: '<resize flavorRef="LARGER"/>', status: 202 },
  { body: '<confirmResize/>', status: 204 },
  { body: `<rebuild imageRef="${image}"><metadata><meta key="a">b</meta></metadata></rebuild>`, status: 202 },
  { body: '<os-getConsoleOutput length="2"/>', status: 200 },
  { body: '<shelve/>', status: 202 },
  { body: '<unshelve/>', status: 202 },
];

for (const { kind, flavor, larger } of [
  { kind: 'ecs', flavor: 's3.xlarge.1', larger: 's3.2xlarge.1' },
  { kind: 'nova', flavor: '1', larger: '2' },
] as const) {
  test(`a client that speaks XML lives its whole session on the embedded ${kind}`, async (context) => {
    const clock = { now: Date.now() };
    const cloud = await startEmbeddedCloud({ kind, rebuildMs, now: () => clock.now });
    context.after(() => cloud.close());
    const gateway = await startTestGateway(cloud.url, { GATEWAY_UPSTREAM_PROFILE: kind });
    context.after(() => gateway.stop());
    const ask = async (method: string, path: string, status: number, body?: string): Promise<TestAnswer> => {
      const headers = {
        'X-Auth-Token': 'token-of-a-client',
        Accept: 'application/xml',
        'Content-Type': 'application/xml',
      };
      const request = { method, path: `/v2/${cloud.project}/${path}`, headers, ...(body !== undefined && { body }) };
      const answer = await call(gateway.url, request);
      assert.equal(answer.status, status, `${method} ${path} ${body ?? ''}: ${answer.body}`);
      if (answer.body !== '') parseXml(Buffer.from(answer.body));
      return answer;
    };

    const created = await ask(
      'POST',
      'servers',
      202,
      `<server name="session" imageRef="${image}" flavorRef="${flavor}" key_name="web-key">
        <metadata><meta key="role">web</meta></metadata>
        <personality><file path="/etc/banner.txt">aGVsbG8K</file></personality>
      </server>`,
    );
    const server = created.headers['location']?.split('/').at(-1) ?? '';
    assert.match((await ask('GET', `servers/${server}`, 200)).body, / status="BUILD"/);
    clock.now += rebuildMs;

    for (const path of reads) await ask('GET', path.replace('SERVER', server).replace('FLAVOR', flavor), 200);
    for (const { body, status } of actions) {
      await ask('POST', `servers/${server}/action`, status, body.replace('LARGER', larger));
      clock.now += rebuildMs;
    }
    const shown = await ask('GET', `servers/${server}`, 200);
    assert.match(shown.body, / status="ACTIVE"/);
    assert.match(shown.body, /<meta key="a">b<\/meta>/);

    await ask('PUT', `servers/${server}`, 200, '<server name="renamed"/>');
    await ask('PUT', `servers/${server}/metadata/c`, 200, '<meta key="c">d</meta>');
    await ask('DELETE', `servers/${server}/metadata/c`, 204);
    await ask('POST', 'os-keypairs', 200, '<keypair><name>new-key</name></keypair>');
    await ask('DELETE', 'os-keypairs/new-key', 202);
    await ask('DELETE', `servers/${server}`, 204);
    await ask('GET', `servers/${server}`, 404);
  });
}
