// Guards: clouds.ts, roads.ts, assign-region.ts, service-files.ts, public-urls.ts, login-answer.ts and cloud-gauges.ts.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { v3Answer, v3Service } from '../identity/fixtures.ts';
import { makeCertificates, startTlsCloud } from '../promises/certificates.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { imageId, projectId } from '../support/rebuild-call.ts';
import { hosts, startRegionClouds } from '../support/region-clouds.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';

const { East: east, gateway: gw } = hosts;
const servers = `/v2/${projectId}/servers`;

function get(gateway: TestGateway, path: string, host: string = gw): Promise<TestAnswer> {
  const headers = { 'X-Auth-Token': 'token', Accept: 'application/xml', Host: host };
  return call(gateway.url, { method: 'GET', path, headers });
}

describe('regions behind one gateway', () => {
  test('the links of a list and of a new resource have the address of their region', async (context) => {
    const { gateway, clouds } = await startRegionClouds(context);
    for (const [prefix, host, cloud, base] of [
      ['', gw, clouds.Home, `https://${gw}`],
      ['/West', gw, clouds.West, `https://${gw}/West`],
      ['', east, clouds.East, `https://${east}`],
      ['/East', gw, clouds.East, `https://${east}`],
    ] as const) {
      const self = { rel: 'self', href: `${cloud.url}/v2.1/${projectId}/servers/s` };
      cloud.script({ status: 200, body: JSON.stringify({ servers: [{ id: 's', name: 'n', links: [self] }] }) });
      assert.match((await get(gateway, prefix + servers, host)).body, new RegExp(`href="${base}${servers}/s"`));
      const location = `${cloud.url}/v2.1/${projectId}/servers/new`;
      cloud.script({ status: 202, headers: { Location: location }, body: '{"server": {"id": "new", "links": []}}' });
      const body = `<server name="n" imageRef="${imageId}" flavorRef="1"/>`;
      const headers = { 'Content-Type': 'application/xml', Host: host };
      const created = await call(gateway.url, { path: prefix + servers, headers, body });
      assert.equal(created.status, 202, created.body);
      assert.equal(created.headers['location'], `${base}${servers}/new`);
    }
  });

  test('without public.url links have the host that the caller used, and the region', async (context) => {
    const west = await startScriptedCloud();
    context.after(() => west.stop());
    const { gateway } = await startRegionClouds(context, {
      GATEWAY_PUBLIC_URL: '',
      GATEWAY_REGIONS: JSON.stringify({ West: { url: west.url, profile: 'nova' } }),
    });
    const self = { rel: 'self', href: `${west.url}/v2.1/${projectId}/servers/s` };
    west.script({ status: 200, body: JSON.stringify({ servers: [{ id: 's', name: 'n', links: [self] }] }) });
    const { body } = await get(gateway, `/West${servers}`, 'any.example.com:8774');
    assert.match(body, new RegExp(`href="http://any\\.example\\.com:8774/West${servers}/s"`));
  });

  test('an unknown region is 404 with a sentence in the media type of the caller', async (context) => {
    const { gateway, reached } = await startRegionClouds(context);
    const { status, body, headers } = await get(gateway, `/North${servers}`);
    assert.equal(status, 404);
    assert.match(headers['content-type'] ?? '', /xml/);
    assert.match(body, /neither a version, such as \/v2, nor the name of a region of this gateway\. Nothing was sent/);
    assert.deepEqual(reached(), []);
    const line = gateway.log.find(({ event }) => event === 'exchange');
    assert.equal(line?.fields['fault'], 'unknown-region');
    assert.equal(line?.fields['path'], `/North${servers}`);
    assert.equal(line?.fields['region'], undefined);
  });

  test('the log line and the metrics name the region, and those of one cloud do not', async (context) => {
    const { gateway, clouds } = await startRegionClouds(context);
    assert.deepEqual(gateway.log.find(({ event }) => event === 'ready')?.fields['regions'], ['West', 'East']);
    clouds.West.script({ status: 404, body: '{"itemNotFound": {"code": 404, "message": "no"}}' });
    for (const path of [servers, `/West${servers}`]) await get(gateway, path);
    await gateway.logged('exchange', 2);
    const lines = gateway.log.filter(({ event }) => event === 'exchange').map(({ fields }) => fields);
    assert.deepEqual(
      lines.map(({ region, path, project }) => ({ region, path, project })),
      [
        { region: undefined, path: servers, project: projectId },
        { region: 'West', path: servers, project: projectId },
      ],
    );
    const { body } = await call(gateway.adminUrl, { method: 'GET', path: '/metrics' });
    for (let name = 0; name < 50; name += 1) await get(gateway, `/North${name}${servers}`);
    const again = (await call(gateway.adminUrl, { method: 'GET', path: '/metrics' })).body;
    assert.doesNotMatch(again, /North/);
    assert.match(body, /^gateway_exchanges_total\{[^}]*status="404",region="West"\} 1$/m);
    assert.match(body, /^gateway_exchanges_total\{[^}]*status="\d+"\} 1$/m);
    assert.match(body, /^gateway_upstream_up 1$/m);
    assert.match(body, /^gateway_upstream_up\{region="West"\} 1$/m);
    assert.match(body, /^gateway_upstream_up\{region="East"\} NaN$/im);
  });

  test('with identity.region the region of upstream.url has a name: in the log, and in paths', async (context) => {
    const { gateway, reached } = await startRegionClouds(context, {
      GATEWAY_IDENTITY_URL: 'http://127.0.0.1:9',
      GATEWAY_IDENTITY_REGION: 'Middle',
    });
    for (const path of [servers, `/Middle${servers}`]) {
      await get(gateway, path);
      assert.deepEqual(reached(), ['Home']);
    }
    assert.equal((await get(gateway, `/Middle${servers}`, east)).status, 404);
    assert.deepEqual(reached(), []);
    await gateway.logged('exchange', 3);
    const lines = gateway.log.filter(({ event }) => event === 'exchange');
    assert.deepEqual(
      lines.map(({ fields }) => fields['region']),
      ['Middle', 'Middle', undefined],
    );
  });

  test('a reload adds a region, changes its cloud, and removes it', async (context) => {
    const { gateway, clouds, reached } = await startRegionClouds(context);
    const use = (regions: object): void =>
      assert.ok(gateway.reload({ GATEWAY_REGIONS: JSON.stringify(regions) }), JSON.stringify(gateway.log));
    const ask = async (name: string): Promise<number> => (await get(gateway, `/${name}${servers}`)).status;
    assert.equal(await ask('North'), 404);
    use({ North: { url: clouds.West.url, profile: 'nova' } });
    await ask('North');
    assert.deepEqual(reached(), ['West']);
    assert.equal(await ask('West'), 404);
    use({ North: { url: clouds.East.url, profile: 'nova' } });
    await ask('North');
    assert.deepEqual(reached(), ['East']);
    assert.equal(gateway.reload({ GATEWAY_REGIONS: '{"North": {}}' }), false);
    await ask('North');
    assert.deepEqual(reached(), ['East']);
    use({});
    // Now the path is one of the only cloud.
    await ask('North');
    assert.deepEqual(reached(), ['Home']);
    const { body } = await call(gateway.adminUrl, { method: 'GET', path: '/metrics' });
    assert.doesNotMatch(body, /gateway_upstream_up\{/);
  });
});

describe('the TLS of regions', () => {
  const certificates = makeCertificates();
  after(() => certificates.remove());
  const [one, two] = ['one', 'two'].map((name) => certificates.authority(name));
  assert.ok(one && two);
  const client = certificates.issue(two, 'client');
  const renewed = certificates.issue(two, 'renewed');

  test('each cloud is verified by the authorities of its region, and gets the certificate of its region only', async (context) => {
    const [ofOne, ofTwo] = [certificates.issue(one, 'cloud'), certificates.issue(two, 'cloud')];
    const served = ({ certFile, keyFile }: typeof ofOne): { cert: Buffer; key: Buffer } => ({
      cert: readFileSync(certFile),
      key: readFileSync(keyFile),
    });
    const asking = { requestCert: true, rejectUnauthorized: false };
    const home = await startTlsCloud({ ...served(ofOne), ...asking });
    const west = await startTlsCloud({ ...served(ofTwo), ...asking });
    const own = { certFile: certificates.file('own.crt', ''), keyFile: certificates.file('own.key', '') };
    const issue = (from: typeof client): void => {
      copyFileSync(from.certFile, own.certFile);
      copyFileSync(from.keyFile, own.keyFile);
    };
    issue(client);
    const region = { url: west.url, profile: 'nova' };
    const gateway = await startTestGateway(home.url, {
      GATEWAY_UPSTREAM_TLS_CA_FILE: one.certFile,
      GATEWAY_REGIONS: JSON.stringify({
        West: { ...region, tls: { caFile: two.certFile, ...own } },
        Strange: region,
      }),
    });
    context.after(async () => {
      await gateway.stop();
      await Promise.all([home.stop(), west.stop()]);
    });
    const statuses = async (): Promise<readonly number[]> => [
      (await get(gateway, `${servers}/s`)).status,
      (await get(gateway, `/West${servers}/s`)).status,
      (await get(gateway, `/Strange${servers}/s`)).status,
    ];
    // The authority of the second cloud is none of the region Strange, which has those of upstream.
    assert.deepEqual(await statuses(), [200, 200, 503]);
    assert.match(home.received.join(), /^GET \S+$/);
    assert.match(west.received.join(), /^GET \S+ by client$/);
    const { body } = await call(gateway.adminUrl, { method: 'GET', path: '/metrics' });
    assert.match(body, /^gateway_certificate_expiry_timestamp_seconds\{certificate="region West"\} \d/m);
    issue(renewed);
    assert.ok(gateway.reload());
    assert.deepEqual(await statuses(), [200, 200, 503]);
    assert.match(west.received.at(-1) ?? '', / by renewed$/);
    assert.deepEqual(
      gateway.log.filter(({ event }) => event === 'certificates for the cloud read again').map(({ fields }) => fields),
      [{ setting: 'regions.West.tls' }],
    );
    issue({ ...renewed, keyFile: client.keyFile });
    assert.equal(gateway.reload(), false);
    const refused = gateway.log.find(({ event }) => event === 'configuration not read again');
    assert.match(JSON.stringify(refused), /regions\.West\.tls\.certFile/);
  });
});

describe('the catalogue of a login at a gateway with regions', () => {
  const catalog = [
    v3Service('compute', 'nova', {
      Middle: 'http://m/v2.1',
      West: 'http://w/v2.1',
      East: 'http://e/v2.1',
      Far: 'http://f',
    }),
    v3Service('identity', 'keystone', { Middle: 'http://k/v3', West: 'http://k/v3', Far: 'http://k/v3' }),
  ];
  const login = JSON.stringify({ auth: { passwordCredentials: { username: 'u', password: 'p' }, tenantName: 'demo' } });

  /** Log in at a path and host; returns region and URL of each endpoint by the type of its service. */
  async function logIn(gateway: TestGateway, prefix: string, host: string): Promise<Record<string, string[]>> {
    const headers = { 'Content-Type': 'application/json', Host: host };
    const answer = await call(gateway.url, { path: `${prefix}/v2.0/tokens`, headers, body: login });
    assert.equal(answer.status, 200, answer.body);
    const { access } = JSON.parse(answer.body);
    return Object.fromEntries(
      access.serviceCatalog.map(({ type, endpoints }: { type: string; endpoints: readonly Endpoint[] }) => [
        type,
        endpoints.map(({ region, publicURL }) => `${region} ${publicURL}`),
      ]),
    );
  }

  interface Endpoint {
    readonly region: string;
    readonly publicURL: string;
  }

  test('it lists compute of each region served; at the address of a region, only that', async (context) => {
    const { status, headers, body } = v3Answer({ catalog });
    const keystone = await startScriptedCloud({ status, headers: headers as Record<string, string>, body });
    context.after(() => keystone.stop());
    const { gateway, reached } = await startRegionClouds(context, {
      GATEWAY_IDENTITY_URL: keystone.url,
      GATEWAY_IDENTITY_REGION: 'Middle',
    });
    const v2 = `/v2/${projectId}`;
    const all = [`Middle https://${gw}${v2}`, `West https://${gw}/West${v2}`, `East https://${east}${v2}`];
    assert.deepEqual((await logIn(gateway, '', gw))['compute'], all);
    for (const [prefix, host, base, region] of [
      ['/West', gw, `https://${gw}/West`, 'West'],
      ['/Middle', gw, `https://${gw}/Middle`, 'Middle'],
      ['', east, `https://${east}`, 'East'],
    ] as const) {
      const { compute, identity } = await logIn(gateway, prefix, host);
      assert.deepEqual(compute, [`${region} ${base}${v2}`]);
      // Later calls of the client, such as another login with its token, stay at that address.
      assert.ok(
        identity?.every((endpoint) => endpoint.endsWith(` ${base}/v2.0`)),
        String(identity),
      );
    }
    assert.deepEqual(reached(), []);
    await gateway.logged('exchange', 4);
    for (const { event, fields } of gateway.log)
      if (event === 'exchange')
        assert.equal(fields['region'], undefined, 'the identity service is one for all regions');
  });

  test('a login below a name that is no region, or of another region than its host, is sent nowhere', async (context) => {
    const keystone = await startScriptedCloud({ status: 500 });
    context.after(() => keystone.stop());
    const { gateway, reached } = await startRegionClouds(context, {
      GATEWAY_IDENTITY_URL: keystone.url,
      GATEWAY_IDENTITY_REGION: 'Middle',
    });
    for (const [prefix, host] of [
      ['/North', gw],
      ['/West', east],
      ['/west', gw],
    ] as const) {
      const headers = { 'Content-Type': 'application/json', Host: host };
      const answer = await call(gateway.url, { path: `${prefix}/v2.0/tokens`, headers, body: login });
      assert.equal(answer.status, 404, `${prefix} at ${host}`);
      assert.deepEqual([reached(), keystone.received.length], [[], 0]);
    }
  });

  test('a login by header fields leads to the region at whose address it is', async (context) => {
    const { status, headers, body } = v3Answer({ catalog });
    const keystone = await startScriptedCloud({ status, headers: headers as Record<string, string>, body });
    context.after(() => keystone.stop());
    const { gateway } = await startRegionClouds(context, {
      GATEWAY_IDENTITY_URL: keystone.url,
      GATEWAY_IDENTITY_REGION: 'Middle',
    });
    for (const [prefix, host, base] of [
      ['', gw, `https://${gw}`],
      ['/West', gw, `https://${gw}/West`],
      ['', east, `https://${east}`],
    ] as const) {
      const key = { 'X-Auth-User': 'u', 'X-Auth-Key': 'p', 'X-Auth-Project-Id': 'demo', Host: host };
      const answer = await call(gateway.url, { method: 'GET', path: `${prefix}/v1.1`, headers: key });
      assert.equal(answer.status, 204, answer.body);
      assert.equal(answer.headers['x-server-management-url'], `${base}/v1.1/${projectId}`);
    }
  });

  test('an identity port leads to the port for callers, and stays in the region', async (context) => {
    const { status, headers, body } = v3Answer({ catalog });
    const keystone = await startScriptedCloud({ status, headers: headers as Record<string, string>, body });
    context.after(() => keystone.stop());
    const regions = { West: { url: keystone.url, profile: 'nova' } };
    const { gateway } = await startRegionClouds(context, {
      GATEWAY_IDENTITY_URL: keystone.url,
      GATEWAY_IDENTITY_REGION: 'Middle',
      GATEWAY_IDENTITY_PORTS: '0',
      GATEWAY_PUBLIC_URL: '',
      GATEWAY_REGIONS: JSON.stringify(regions),
    });
    const ready = gateway.log.find(({ event }) => event === 'login ready');
    const [identityUrl = ''] = (ready?.fields['urls'] ?? []) as string[];
    const answer = await call(identityUrl, {
      path: '/West/v2.0/tokens',
      headers: { 'Content-Type': 'application/json' },
      body: login,
    });
    assert.equal(answer.status, 200, answer.body);
    assert.match(answer.body, new RegExp(`"${gateway.url}/West/v2/${projectId}"`));
    assert.match(answer.body, new RegExp(`"${identityUrl}/West/v2.0"`));
  });
});
