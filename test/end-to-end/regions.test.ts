import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmbeddedCloud, type EmbeddedCloud } from '../../examples/embedded-cloud/embedded-cloud.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { startTestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';

const image = '70a599e0-31e7-49b7-b260-868f441e862b';
const rebuildMs = 1000;

/** A link to a server in an XML document. */
const selfLink =
  /<(?:atom:)?link[^>]* href="([^"]+)"[^>]* rel="self"|<(?:atom:)?link[^>]* rel="self"[^>]* href="([^"]+)"/;

/** A client that speaks XML, and knows nothing but the URL of its login. */
async function session(identityUrl: string, flavor: string, pass: () => void): Promise<readonly string[]> {
  const visited: string[] = [];
  let token = '';
  const ask = async (method: string, url: string, status: number, body?: string): Promise<TestAnswer> => {
    visited.push(url);
    const { pathname, search } = new URL(url);
    const headers = {
      Accept: 'application/xml',
      'Content-Type': 'application/xml',
      ...(token !== '' && { 'X-Auth-Token': token }),
    };
    const request = { method, path: pathname + search, headers, ...(body !== undefined && { body }) };
    const answer = await call(url, request);
    assert.equal(answer.status, status, `${method} ${url} ${body ?? ''}: ${answer.body}`);
    if (answer.body !== '') parseXml(Buffer.from(answer.body));
    return answer;
  };
  const login = '<auth tenantName="demo"><passwordCredentials username="demo" password="secret"/></auth>';
  const { body: access } = await ask('POST', `${identityUrl}/v2.0/tokens`, 200, login);
  token = /<token [^>]*id="([^"]+)"/.exec(access)?.[1] ?? assert.fail(access);
  const [compute, ...others] = [...access.matchAll(/<service [^>]*type="compute"[^>]*>(.*?)<\/service>/gs)].flatMap(
    ([, endpoints = '']) => [...endpoints.matchAll(/publicURL="([^"]+)"/g)].map(([, url = '']) => url),
  );
  assert.ok(compute, access);
  assert.deepEqual(others, [], 'one endpoint of compute');
  const boot = `<server name="there" imageRef="${image}" flavorRef="${flavor}"/>`;
  const { headers } = await ask('POST', `${compute}/servers`, 202, boot);
  const server = headers['location'] ?? '';
  pass();
  assert.match((await ask('GET', server, 200)).body, / status="ACTIVE"/);
  await ask('POST', `${server}/action`, 202, `<rebuild imageRef="${image}" name="rebuilt"/>`);
  pass();
  let page: string | undefined = `${compute}/servers?limit=2`;
  const found: string[] = [];
  while (page !== undefined) {
    const { body: list } = await ask('GET', page, 200);
    for (const [entry] of list.matchAll(/<server .*?<\/server>/gs)) {
      const [, one, other] = selfLink.exec(entry) ?? [];
      found.push(one ?? other ?? assert.fail(entry));
    }
    page = /<(?:atom:)?link[^>]*rel="next"[^>]*>/
      .exec(list)?.[0]
      .match(/href="([^"]+)"/)?.[1]
      ?.replaceAll('&amp;', '&');
  }
  assert.ok(found.includes(server), `${server} is none of ${found.join()}`);
  for (const link of found) await ask('GET', link, 200);
  assert.match((await ask('GET', server, 200)).body, / name="rebuilt"/);
  await ask('DELETE', server, 204);
  return visited;
}

function counts({ received }: EmbeddedCloud): number {
  return received.length;
}

test('two clouds of different kinds behind one gateway: a session in XML through each, by the links that it gets', async (context) => {
  const clock = { now: Date.now() };
  const now = (): number => clock.now;
  const home = await startEmbeddedCloud({ kind: 'nova', rebuildMs, now, requiresLogin: true });
  const west = await startEmbeddedCloud({ kind: 'ecs', rebuildMs, now });
  context.after(() => Promise.all([home.close(), west.close()]));
  const gateway = await startTestGateway(home.url, {
    GATEWAY_UPSTREAM_PROFILE: 'nova',
    GATEWAY_IDENTITY_URL: home.identityUrl,
    GATEWAY_IDENTITY_REGION: 'RegionOne',
    GATEWAY_REGIONS: JSON.stringify({ West: { url: west.url, profile: 'ecs' } }),
  });
  context.after(() => gateway.stop());
  const pass = (): void => {
    clock.now += rebuildMs;
  };
  for (const [prefix, flavor, own, other] of [
    ['', '1', home, west],
    ['/RegionOne', '1', home, west],
    ['/West', 's3.xlarge.1', west, home],
  ] as const) {
    const before = { own: counts(own), other: counts(other) };
    const visited = await session(gateway.url + prefix, flavor, pass);
    for (const url of visited) {
      assert.ok(url.startsWith(`${gateway.url}${prefix}/v2`), `${url} is at the address of its region`);
    }
    assert.ok(
      visited.some((url) => url.includes('marker=')),
      'it has followed the link to a next page',
    );
    assert.ok(counts(own) > before.own + 5);
    assert.equal(counts(other), before.other, 'the other cloud has received nothing');
  }
});
