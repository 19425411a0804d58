// Protects admit.ts, announce-retirement.ts, refusal.ts: what callers see of a retirement, on all roads.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { accepting, startLoginGateway } from '../login/login-gateway.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import {
  imageId,
  projectId,
  rebuildRequest,
  rebuildWithFile,
  serverDocument,
  serverId,
} from '../support/rebuild-call.ts';
import { startScriptedCloud, type ScriptedCloud } from '../support/scripted-cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'retire-'));
after(() => rmSync(folder, { recursive: true }));

const link = 'https://docs.example.org/way-out';
const hour = 3_600_000;
const at = (offset: number): string => new Date(Date.now() + offset).toISOString().replace(/\.\d+Z$/, 'Z');
const announced = { deprecation: '2026-01-01T00:00Z', sunset: '2199-07-01T00:00Z', link };
const brownout = { name: 'trial', from: at(-hour), to: at(hour) };
/** The time at which a brownout ends, as messages have it. */
const until = brownout.to;

/** The message of a refusal by the brownout. */
const message = (needs: string): string =>
  `This request needs the legacy gateway (${needs}), which will be switched off on 2199-07-01T00:00:00Z. Until ${until} such requests are refused on trial. Read ${link}. Nothing was sent to the cloud.`;

let files = 0;
function fileOf(content: object): string {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const flavors = JSON.stringify({ flavors: [{ id: '1', name: 'm1.tiny', links: [] }] });
const inJson = { 'Content-Type': 'application/json' };

function assertAnnounced({ headers }: TestAnswer): void {
  assert.equal(headers['deprecation'], '@1767225600');
  assert.equal(headers['sunset'], 'Mon, 01 Jul 2199 00:00:00 GMT');
  assert.equal(headers['link'], `<${link}>; rel="deprecation"; type="text/html"`);
}

function assertSilent({ headers }: TestAnswer): void {
  assert.deepEqual([headers['deprecation'], headers['sunset']], [undefined, undefined]);
}

/** Runs a test with a gateway that has a retirement file. */
async function withRetirement(
  content: object,
  run: (gateway: TestGateway, cloud: ScriptedCloud) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const cloud = await startScriptedCloud({ status: 200, headers: inJson, body: flavors });
  const gateway = await startTestGateway(cloud.url, { GATEWAY_RETIRE: fileOf(content), ...settings });
  try {
    await run(gateway, cloud);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

const xmlList = { method: 'GET', path: `/v2.1/${projectId}/flavors`, headers: { Accept: 'application/xml' } };
const jsonList = { method: 'GET', path: `/v2.1/${projectId}/flavors`, headers: { Accept: 'application/json' } };
const forwardedXml = { method: 'GET', path: `/v2.1/${projectId}/os-unknown`, headers: { Accept: 'application/xml' } };

test('the header fields are on answers to exchanges that needed the gateway, and on no others', async () => {
  await withRetirement(announced, async ({ url }, cloud) => {
    assertAnnounced(await call(url, xmlList));
    assertAnnounced(await call(url, forwardedXml));
    assertSilent(await call(url, jsonList));
    // It works without the gateway today.
    assertSilent(await call(url, { ...jsonList, path: `/v2/${projectId}/flavors` }));
    // An answer without a body has no media type.
    cloud.script({ status: 204 });
    assertSilent(await call(url, { ...xmlList, method: 'DELETE', path: `/v2.1/${projectId}/servers/${serverId}` }));
    assertSilent(await call(url, { ...xmlList, method: 'HEAD' }));
  });
});

test('faults of the cloud and of the gateway have the header fields, too', async () => {
  await withRetirement(announced, async ({ url }, cloud) => {
    cloud.script({ status: 404, headers: inJson, body: '{"itemNotFound": {"code": 404, "message": "no"}}' });
    const missing = await call(url, xmlList);
    assert.equal(missing.status, 404);
    assertAnnounced(missing);
    const malformed = await call(url, rebuildRequest('xml', '<rebuild'));
    assert.equal(malformed.status, 400);
    assertAnnounced(malformed);
  });
});

test('a Link of the cloud stays, and its Deprecation does not replace that of the gateway', async () => {
  await withRetirement(announced, async ({ url }, cloud) => {
    const headers = { ...inJson, Link: '<https://a/>; rel="help"', Deprecation: '@1', Sunset: 'never' };
    cloud.script({ status: 200, headers, body: '{"a": 1}' });
    const answer = await call(url, {
      ...forwardedXml,
      path: `/v1.1/${projectId}/os-unknown`,
      headers: jsonList.headers,
    });
    assert.equal(answer.headers['deprecation'], '@1767225600');
    assert.equal(answer.headers['link'], `<https://a/>; rel="help", <${link}>; rel="deprecation"; type="text/html"`);
  });
});

test('an answer to a streamed request has the header fields, too, and so has a login', async () => {
  await withRetirement(announced, async ({ url }, cloud) => {
    const body = JSON.stringify({ a: 'x'.repeat(200_000) });
    const request = { path: `/v1.1/${projectId}/os-unknown`, headers: inJson, body };
    assertAnnounced(await call(url, request));
    assert.equal(cloud.received.length, 1);
  });
  const gateway = await startLoginGateway({ GATEWAY_RETIRE: fileOf(announced) });
  try {
    const credentials = { auth: { passwordCredentials: { username: 'u', password: 'p' }, tenantName: 't' } };
    const login = await call(gateway.url, { path: '/v2.0/tokens', headers: inJson, body: JSON.stringify(credentials) });
    assert.equal(login.status, 200);
    assertAnnounced(login);
    assertSilent(await call(gateway.url, { path: '/v3/auth/tokens', headers: inJson, body: '{}' }));
  } finally {
    await gateway.stop();
  }
});

test('needs that do not break count if the file says so', async () => {
  await withRetirement({ ...announced, needs: 'all' }, async ({ url }) => {
    assertAnnounced(await call(url, { ...jsonList, path: `/v2/${projectId}/flavors` }));
    assertSilent(await call(url, jsonList));
  });
});

describe('a brownout', () => {
  let cloud: ScriptedCloud;
  let gateway: TestGateway;
  before(async () => {
    cloud = await startScriptedCloud({ status: 202, headers: inJson, body: serverDocument });
    gateway = await startTestGateway(cloud.url, { GATEWAY_RETIRE: fileOf({ ...announced, brownouts: [brownout] }) });
  });
  after(async () => {
    await gateway.stop();
    await cloud.stop();
  });

  async function refused(request: TestRequest): Promise<TestAnswer> {
    cloud.received.length = 0;
    const answer = await call(gateway.url, request);
    assert.equal(answer.status, 410, answer.body);
    assertAnnounced(answer);
    const seconds = Number(answer.headers['retry-after']);
    assert.ok(seconds > 3500 && seconds <= 3600, String(seconds));
    assert.deepEqual(cloud.received, []);
    return answer;
  }

  test('refuses a translated request in XML, byte for byte', async () => {
    const answer = await refused(rebuildRequest('xml'));
    assert.equal(answer.headers['content-type'], 'application/xml; charset=UTF-8');
    assert.equal(
      answer.body,
      `<computeFault code="410" xmlns="http://docs.openstack.org/compute/api/v1.1"><message>${message('path-v1.1, xml-request, xml-answer')}</message></computeFault>`,
    );
  });

  test('refuses a translated request in JSON, byte for byte', async () => {
    const answer = await refused(rebuildRequest('json'));
    assert.equal(answer.headers['content-type'], 'application/json; charset=UTF-8');
    assert.equal(answer.body, JSON.stringify({ computeFault: { message: message('path-v1.1'), code: 410 } }));
  });

  test('refuses before the GET that precedes a rebuild', async () => {
    await refused(rebuildRequest('xml', rebuildWithFile.xml));
    await refused(rebuildRequest('json', rebuildWithFile.json));
  });

  test('refuses a JSON request of v2.1 that only a modern cloud would refuse', async () => {
    await refused({
      path: `/v2.1/${projectId}/servers/${serverId}/action`,
      headers: { ...inJson, Accept: 'application/json' },
      body: JSON.stringify({ rebuild: { imageRef: `https://images.example.com/${imageId}` } }),
    });
  });

  test('refuses a forwarded request, short or streamed', async () => {
    await refused(forwardedXml);
    await refused({ path: `/v1.1/${projectId}/os-unknown`, headers: inJson, body: '{}' });
    await refused({ path: `/v1.1/${projectId}/os-unknown`, headers: inJson, body: `{"a": "${'x'.repeat(200_000)}"}` });
  });

  test('serves who does not need the gateway', async () => {
    cloud.script({ status: 200, headers: inJson, body: flavors });
    assert.equal((await call(gateway.url, jsonList)).status, 200);
    assert.equal((await call(gateway.url, { ...jsonList, path: `/v2/${projectId}/flavors` })).status, 200);
  });

  test('is named in the log line, and counted', async () => {
    gateway.forget();
    await refused(rebuildRequest('xml'));
    await gateway.logged('exchange', 1);
    const { fields, level } = gateway.log.find(({ event }) => event === 'exchange') ?? assert.fail();
    assert.equal(level, 'info');
    assert.deepEqual(
      [fields['fault'], fields['retired'], fields['status'], fields['operation'], fields['project']],
      ['retired-brownout', 'trial', 410, 'rebuild', projectId],
    );
    const metrics = await call(gateway.adminUrl, { method: 'GET', path: '/metrics' });
    assert.match(metrics.body, /^gateway_retired_total\{by="brownout"\} [1-9]/m);
    assert.match(metrics.body, /^gateway_retired_total\{by="rule"\} 0$/m);
  });
});

describe('a brownout at the Identity API', () => {
  test('refuses logins of v2.0 and by header fields before the identity service is asked', async () => {
    const gateway = await startLoginGateway({
      GATEWAY_RETIRE: fileOf({ ...announced, brownouts: [brownout] }),
    });
    try {
      gateway.service.script(accepting());
      const credentials = {
        auth: { passwordCredentials: { username: 'u', password: 'secret-word' }, tenantName: 't' },
      };
      const login = await call(gateway.url, {
        path: '/v2.0/tokens',
        headers: inJson,
        body: JSON.stringify(credentials),
      });
      assert.equal(login.status, 410);
      assertAnnounced(login);
      const { error } = JSON.parse(login.body) as { error: Record<string, unknown> };
      assert.deepEqual([error['code'], error['title']], [410, 'Gone']);
      assert.match(String(error['message']), /^This request needs the legacy gateway \(login-v2\.0\)/);
      assert.ok(Number(login.headers['retry-after']) > 3500);
      const asXml = await call(gateway.url, {
        path: '/v2.0/tokens',
        headers: { 'Content-Type': 'application/xml', Accept: 'application/xml' },
        body: '<auth/>',
      });
      assert.equal(asXml.status, 410);
      assert.match(asXml.body, /<error .*code="410"/s);
      const byKey = await call(gateway.url, {
        method: 'GET',
        path: '/v1.1/',
        headers: { 'X-Auth-User': 'u', 'X-Auth-Key': 'secret-word' },
      });
      assert.equal(byKey.status, 410);
      assert.deepEqual(gateway.service.received, []);
      assert.ok(!JSON.stringify(gateway.log).includes('secret-word'));
      // Version 3 needs no gateway.
      await call(gateway.url, { path: '/v3/auth/tokens', headers: inJson, body: '{}' });
      assert.equal(gateway.service.received.length, 1);
    } finally {
      await gateway.stop();
    }
  });
});

const from = (agent: string, project = projectId): TestRequest => ({
  ...xmlList,
  path: `/v2.1/${project}/flavors`,
  headers: { ...xmlList.headers, 'User-Agent': agent },
});

test('a rule refuses by project, agent, network and reason, with exceptions', async () => {
  const rules = [
    {
      name: 'old-agents',
      agent: 'Python-httplib2*',
      network: '127.0.0.0/8',
      reason: 'xml-answer',
      from: at(-hour),
      except: [{ project: 'spared' }],
    },
  ];
  await withRetirement({ ...announced, rules }, async ({ url, log, ...gateway }, cloud) => {
    const refused = await call(url, from('Python-httplib2/0.7.2'));
    assert.equal(refused.status, 410);
    assert.equal(refused.headers['retry-after'], undefined);
    assert.match(refused.body, /which no longer serves it since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\. Read https:/);
    assert.deepEqual(cloud.received, []);
    assert.equal((await call(url, from('curl/8'))).status, 200);
    assert.equal((await call(url, from('Python-httplib2/0.7.2', 'spared'))).status, 200);
    await gateway.logged('exchange', 3);
    const line = log.find(({ event }) => event === 'exchange');
    assert.deepEqual([line?.fields['fault'], line?.fields['retired']], ['retired-rule', 'old-agents']);
  });
});

test('the file is read again at a reload, a broken one is told and the former stays', async () => {
  const path = fileOf(announced);
  await withRetirement(
    announced,
    async ({ url, log, reload, adminUrl }) => {
      assert.equal((await call(url, xmlList)).status, 200);
      writeFileSync(path, JSON.stringify({ ...announced, brownouts: [brownout] }));
      assert.ok(reload());
      assert.equal((await call(url, xmlList)).status, 410);
      assert.ok(log.some(({ event, fields }) => event === 'a brownout began' && fields['brownout'] === 'trial'));
      writeFileSync(path, '{"brownouts": 1}');
      assert.ok(!reload());
      const { fields } = log.find(({ event }) => event === 'configuration not read again') ?? assert.fail();
      assert.deepEqual(fields['mistakes'], [
        `GATEWAY_RETIRE is "${path}"; in that file: brownouts is 1; it must be a list, in brackets.`,
      ]);
      assert.equal((await call(url, xmlList)).status, 410);
      const metrics = await call(adminUrl, { method: 'GET', path: '/metrics' });
      assert.match(metrics.body, /^gateway_last_reload_successful 0$/m);
      writeFileSync(path, JSON.stringify(announced));
      assert.ok(reload());
      assert.equal((await call(url, xmlList)).status, 200);
      const ended = log.find(({ event }) => event === 'a brownout ended') ?? assert.fail();
      assert.deepEqual([ended.fields['refused'], ended.fields['isCut']], [2, true]);
      // Without the setting nothing is announced.
      assert.ok(reload({ GATEWAY_RETIRE: '' }));
      assertSilent(await call(url, xmlList));
    },
    { GATEWAY_RETIRE: path },
  );
});

test('a change of the file is seen without a signal', async () => {
  const path = fileOf(announced);
  await withRetirement(
    announced,
    async ({ url, ...gateway }) => {
      assert.equal((await call(url, xmlList)).status, 200);
      writeFileSync(path, JSON.stringify({ ...announced, brownouts: [brownout] }));
      await gateway.logged('the retirement file was read again', 1);
      assert.equal((await call(url, xmlList)).status, 410);
      writeFileSync(path, '{');
      await gateway.logged('the retirement file cannot be used', 1);
      assert.equal((await call(url, xmlList)).status, 410);
    },
    { GATEWAY_RETIRE: path },
  );
});
