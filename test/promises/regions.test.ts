// Guards: src/server/app/assign-region.ts, `roadsOf` in src/server/app/clouds.ts, `createOriginForm`.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { hosts, startRegionClouds, type RegionName } from '../support/region-clouds.ts';
import { call, type TestRequest } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { imageId, projectId, rebuildRequest, rebuildWithFile, serverDocument } from '../support/rebuild-call.ts';

/** A request target, the Host of it, and the clouds that may receive the request: one, or none. */
type Attempt = readonly [target: string, host: string, allowed: readonly RegionName[], status?: number];

const { East: east, gateway: gw } = hosts;
const rest = `/v2/${projectId}/os-gadgets`;

/** Targets and hosts that lead to one region. */
const named: readonly Attempt[] = [
  [rest, gw, ['Home']],
  ['/', gw, ['Home']],
  [`//v2/${projectId}/os-gadgets`, gw, ['Home']],
  [`/West${rest}`, gw, ['West']],
  [`//West${rest}`, gw, ['West']],
  [`/West/${rest}`, gw, ['West']],
  [`/%57est${rest}`, gw, ['West']],
  ['/West', gw, ['West']],
  ['/West/', gw, ['West']],
  [`/East${rest}`, gw, ['East']],
  [rest, east, ['East']],
  [rest, `${east}:8774`, ['East']],
  [rest, `${east}.`, ['East']],
  [rest, east.toUpperCase(), ['East']],
  [`/East${rest}`, east, ['East']],
  [`http://${east}${rest}`, east, ['East']],
  [`http://${gw}/West${rest}`, gw, ['West']],
];

/** Targets that name another region somewhere: at most the region that is named first may receive them. */
const astray: readonly Attempt[] = [
  [`/West/East${rest}`, gw, ['West']],
  [`/West/v2/East${rest}`, gw, ['West']],
  [`/West${rest}?next=/East/v2`, gw, ['West']],
  [`/West/v2/${projectId}/%2FEast%2Fv2`, gw, ['West']],
  [`/West/http://${east}/v2`, gw, ['West']],
  [`/West//${east}${rest}`, gw, ['West']],
  [`/West/@${east}${rest}`, gw, ['West']],
];

/** Targets and hosts that lead nowhere. */
const refused: readonly Attempt[] = [
  [`/North${rest}`, gw, [], 404],
  [`/west${rest}`, gw, [], 404],
  [`/West.${rest}`, gw, [], 404],
  [`/West;x${rest}`, gw, [], 404],
  [`/West%20${rest}`, gw, [], 404],
  [`/West%2f..%2fEast${rest}`, gw, [], 400],
  [`/West%2fv2/${projectId}/os-gadgets`, gw, [], 404],
  [`/constructor${rest}`, gw, [], 404],
  [`/__proto__${rest}`, gw, [], 404],
  ['/servers', gw, [], 404],
  [`/West/../East${rest}`, gw, [], 400],
  [`/West/%2e%2e/East${rest}`, gw, [], 400],
  [`/West/.%2e/East${rest}`, gw, [], 400],
  [`/West/%252e%252e/East${rest}`, gw, [], 400],
  [`/West/..;/East${rest}`, gw, [], 400],
  [`/West\\..\\East${rest}`, gw, [], 400],
  [`/./East${rest}`, gw, [], 400],
  [`/West${rest}`, east, [], 404],
  [`/North${rest}`, east, [], 404],
  [`http://${east}${rest}`, gw, [], 404],
  [`http://${gw}${rest}`, east, [], 404],
  [`http://${east}/West${rest}`, gw, [], 404],
  [`http://${gw}/East${rest}`, `x.${east}`, ['East']],
  [`http://x@${east}${rest}`, east, [], 404],
];

const token = { 'X-Auth-Token': 'token-of-a-region' };

describe('a request reaches no other origin than that of its region', () => {
  for (const [label, attempts] of Object.entries({ named, astray, refused })) {
    test(`${label}: ${attempts.length} targets, forwarded, translated and changing`, async (context) => {
      const { gateway, clouds, reached } = await startRegionClouds(context);
      const methods: readonly Partial<TestRequest>[] = [
        { method: 'GET' },
        { method: 'DELETE' },
        { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } },
      ];
      for (const [path, host, allowed, status] of attempts) {
        for (const request of methods) {
          const headers = { ...token, ...request.headers, Host: host };
          const answer = await call(gateway.url, { ...request, path, headers });
          const sent = Object.values(clouds).flatMap(({ received }) => received);
          const place = `${request.method} ${path} at ${host}: ${answer.status}`;
          assert.deepEqual(reached(), allowed, place);
          if (status !== undefined) assert.equal(answer.status, status, place);
          // No request to a cloud contains the name of its region, which only the gateway knows.
          if (label === 'named') assert.doesNotMatch(sent.map((each) => each.path).join(), /West|East/);
        }
      }
    });
  }

  test('a rebuild in XML is carried out by the cloud of its region, once, with the profile of that cloud', async (context) => {
    const { gateway, clouds, reached } = await startRegionClouds(context);
    const rebuild = rebuildRequest('xml', rebuildWithFile.xml);
    for (const [prefix, host, name, methods] of [
      ['', gw, 'Home', ['POST']],
      // The profile ecs reads the server before it joins files to its user_data.
      ['/West', gw, 'West', ['GET', 'POST']],
      ['', east, 'East', ['POST']],
    ] as const) {
      const { received, script } = clouds[name];
      script({ status: 200, headers: { 'Content-Type': 'application/json' }, body: serverDocument });
      const headers = { ...rebuild.headers, Host: host };
      const answer = await call(gateway.url, { ...rebuild, path: prefix + rebuild.path, headers });
      assert.equal(answer.status, 202, answer.body);
      assert.deepEqual(
        received.map(({ method }) => method),
        methods,
        name,
      );
      assert.match(received.at(-1)?.body.toString() ?? '', new RegExp(imageId));
      assert.deepEqual(reached(), [name]);
    }
  });

  test('a trusted proxy that names the host of a region decides, and nobody else', async (context) => {
    const { gateway, reached } = await startRegionClouds(context, { GATEWAY_TRUSTED_PROXIES: 'loopback' });
    const claim = { ...token, Host: gw, 'X-Forwarded-Host': east };
    await call(gateway.url, { method: 'GET', path: rest, headers: claim });
    assert.deepEqual(reached(), ['East']);
    assert.equal((await call(gateway.url, { method: 'GET', path: `/West${rest}`, headers: claim })).status, 404);
    assert.deepEqual(reached(), []);
    const untrusting = await startRegionClouds(context);
    await call(untrusting.gateway.url, { method: 'GET', path: rest, headers: claim });
    assert.deepEqual(untrusting.reached(), ['Home']);
  });

  test('a redirect or a link of one cloud that names the origin of another is not followed, and leads to its own region', async (context) => {
    const { gateway, clouds, reached } = await startRegionClouds(context);
    const elsewhere = `${clouds.East.url}/v2.1/${projectId}/servers/s`;
    const own = `https://${gw}/West/v2/${projectId}/servers/s`;
    const ask = (path: string): ReturnType<typeof call> =>
      call(gateway.url, { method: 'GET', path, headers: { ...token, Host: gw } });
    for (const status of [301, 302, 303, 307, 308]) {
      clouds.West.script({ status, headers: { Location: elsewhere } });
      // The place is none of this cloud: it is the caller's to judge, as with a gateway in front of one cloud.
      assert.equal((await ask(`/West${rest}`)).headers['location'], elsewhere);
      clouds.West.script({ status, headers: { Location: elsewhere.replace(clouds.East.url, clouds.West.url) } });
      assert.equal((await ask(`/West${rest}`)).headers['location'], own);
    }
    const link = { rel: 'self', href: elsewhere };
    const json = { 'Content-Type': 'application/json', Link: `<${clouds.West.url}/v2.1/x>; rel="next"` };
    clouds.West.script({ status: 200, headers: json, body: JSON.stringify({ gadget: { links: [link] } }) });
    const forwarded = await ask(`/West${rest}`);
    assert.equal(JSON.parse(forwarded.body).gadget.links[0].href, own);
    assert.equal(forwarded.headers['link'], `<https://${gw}/West/v2/x>; rel="next"`);
    clouds.West.script({ status: 200, headers: json, body: JSON.stringify({ servers: [{ id: 's', links: [link] }] }) });
    assert.match((await ask(`/West/v2/${projectId}/servers`)).body, new RegExp(RegExp.escape(own)));
    assert.deepEqual(reached(), ['West']);
  });

  // Guard: `of` in src/server/app/turns.ts, `accountsOf` in src/server/app/limits.ts.
  test('a region whose cloud does not answer takes no turn, no place in the queue and no share of another', async (context) => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    context.after(() => silent.close());
    // A server that listens on a port has such an address.
    const { port } = silent.address() as AddressInfo;
    const { gateway, clouds } = await startRegionClouds(context, {
      GATEWAY_REGIONS: JSON.stringify({ West: { url: `http://127.0.0.1:${port}`, profile: 'nova' } }),
      GATEWAY_EXCHANGES_MAX: '2',
      GATEWAY_EXCHANGES_MAX_WAITING: '2',
      GATEWAY_EXCHANGES_WAIT_MS: '60000',
      GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '60000',
    });
    const path = `/v2/${projectId}/servers`;
    const ask = (prefix: string): ReturnType<typeof call> =>
      call(gateway.url, { method: 'GET', path: prefix + path, headers: { ...token, Host: gw } });
    const metrics = async (): Promise<string> =>
      (await call(gateway.adminUrl, { method: 'GET', path: '/metrics' })).body;
    const stuck = Array.from({ length: 4 }, () => ask('/West').catch(() => undefined));
    await until(async () => /^gateway_waiting\{region="West"\} 2$/m.test(await metrics()), 'two wait');
    assert.equal((await ask('/West')).status, 503, 'the region has no place left');
    clouds.Home.script({ status: 200, body: '{"servers": []}' });
    for (let count = 0; count < 5; count += 1) assert.equal((await ask('')).status, 200);
    assert.match(await metrics(), /^gateway_turns 0$/m);
    assert.match(await metrics(), /^gateway_turns\{region="West"\} 2$/m);
    assert.match(await metrics(), /^gateway_turns_limit\{region="West"\} 2$/m);
    silent.closeAllConnections();
    await Promise.all(stuck);
  });

  test('the tokens of one region are in no request to another, whatever connections are open', async (context) => {
    const { gateway, clouds } = await startRegionClouds(context);
    const send = (prefix: string, name: RegionName): Promise<unknown> =>
      call(gateway.url, {
        method: 'GET',
        path: prefix + rest,
        headers: { 'X-Auth-Token': `token-${name}`, Host: gw },
      });
    await Promise.all(
      Array.from({ length: 20 }, () => [send('', 'Home'), send('/West', 'West'), send('/East', 'East')]).flat(),
    );
    for (const [name, { received }] of Object.entries(clouds)) {
      assert.equal(received.length, 20);
      assert.deepEqual([...new Set(received.map(({ headers }) => headers['x-auth-token']))], [`token-${name}`]);
    }
  });
});
