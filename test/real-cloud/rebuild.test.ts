import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { xmlReader } from '../../src/schema/read/read-xml.ts';
import { rebuild } from '../../src/compute/operations/rebuild.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { seedRequest } from '../support/seed.ts';
import { startRealCloud, whyNoRealCloud, type RealCloud } from './start-real-cloud.ts';

const patience = 60_000;
const xml = { 'Content-Type': 'application/xml', Accept: 'application/xml' };
const readServer = xmlReader(rebuild.answer.content);

const minimal = (image: string): string => `<rebuild imageRef="${image}"/>`;

for (const auth of ['noauth', 'keystone'] as const) {
  const skip = auth === 'noauth' ? whyNoRealCloud() : whyNoRealCloud('keystone', 'glance');
  describe(`a real Nova (${auth}) behind profile nova`, { skip }, () => {
    let cloud: RealCloud;
    let gateway: TestGateway;

    before(async () => {
      // A rebuild that takes a second can be seen while it runs.
      cloud = await startRealCloud({ auth, delaySeconds: 1 });
      gateway = await startTestGateway(cloud.endpoint, { GATEWAY_UPSTREAM_PROFILE: 'nova' });
    });
    after(async () => {
      await gateway.stop();
      await cloud.stop();
    });

    const act = (server: string, body: string, headers: Record<string, string>): Promise<TestAnswer> =>
      call(gateway.url, {
        path: `/v1.1/${cloud.projectId}/servers/${server}/action`,
        headers: { 'X-Auth-Token': cloud.tokens.member, ...headers },
        body,
      });

    test("rebuilds a server to ACTIVE with the seed's XML request and everything in it", async () => {
      const [server = ''] = cloud.servers;
      const answer = await act(server, seedRequest(cloud.images.rebuild), xml);
      assert.equal(answer.status, 202, answer.body);
      assert.equal(answer.headers['content-type'], 'application/xml');
      assert.equal(answer.headers['location'], `${gateway.url}/v1.1/${cloud.projectId}/servers/${server}`);
      assert.match(answer.headers['x-compute-request-id'] ?? '', /^req-/);
      assert.equal(answer.headers['gateway-translation'], undefined, 'this cloud takes all of it');
      const shown = readDocument(answer.body);
      assert.equal(shown['status'], 'REBUILD');
      assert.equal(shown['adminPass'], 'seekr3t');
      assert.equal(shown['OS-DCF:diskConfig'], 'AUTO');
      assert.deepEqual(idOf(shown['image']), cloud.images.rebuild);
      assert.deepEqual(idOf(shown['flavor']), '1');

      const rebuilt = await untilActive(gateway, cloud, server);
      assert.equal(rebuilt['name'], 'foobar');
      assert.equal(idOf(rebuilt['image']), cloud.images.rebuild);
      assert.deepEqual(rebuilt['metadata'], { 'My Server Name': 'Apache1' });
      assert.equal(rebuilt['accessIPv4'], '1.2.3.4');
      assert.equal(rebuilt['accessIPv6'], 'fe80::100');
    });

    test('carries files as user_data where a key needs a later microversion, and puts the flavor back', async () => {
      const [, server = ''] = cloud.servers;
      const body = JSON.stringify({
        rebuild: {
          imageRef: cloud.images.rebuild2,
          user_data: Buffer.from('#!/bin/sh\necho hello\n').toString('base64'),
          personality: [{ path: 'etc/motd', contents: 'aGVsbG8K' }],
        },
      });
      const answer = await act(server, body, { 'Content-Type': 'application/json', Accept: 'application/xml' });
      assert.equal(answer.status, 202, answer.body);
      assert.equal(answer.headers['gateway-translation'], 'personality;mapped="user_data"');
      assert.equal(idOf(readDocument(answer.body)['flavor']), '1');
      await untilActive(gateway, cloud, server);
    });

    test('answers its refusals as legacy faults in XML', async () => {
      const [server = ''] = cloud.servers;
      const refusals = [
        [await act('11111111-2222-3333-4444-555555555555', minimal(cloud.images.rebuild), xml), 404, 'itemNotFound'],
        [await act(server, minimal('11111111-2222-3333-4444-555555555555'), xml), 400, 'badRequest'],
        [await act(server, minimal(cloud.images.queued), xml), 400, 'badRequest'],
      ] as const;
      for (const [answer, status, name] of refusals) {
        assert.equal(answer.status, status, answer.body);
        assert.equal(answer.headers['content-type'], 'application/xml; charset=UTF-8');
        assert.match(
          answer.body,
          new RegExp(`^<${name} code="${status}" xmlns="[^"]*"><message>[^<]+</message></${name}>$`),
        );
      }
    });

    test('refuses a second rebuild while the first one runs, as a conflict', async () => {
      const [, , server = ''] = cloud.servers;
      const first = await act(server, minimal(cloud.images.rebuild), xml);
      const second = await act(server, minimal(cloud.images.rebuild), xml);
      assert.deepEqual([first.status, second.status], [202, 409]);
      assert.match(second.body, /^<conflictingRequest code="409"/);
    });

    test(
      'asks for a token with 401 in XML, and keeps the challenge',
      { skip: auth === 'noauth' && 'noauth asks for none' },
      async () => {
        const [server = ''] = cloud.servers;
        const answer = await act(server, `<rebuild imageRef="${cloud.images.rebuild}"/>`, {
          ...xml,
          'X-Auth-Token': 'no-token',
        });
        assert.equal(answer.status, 401);
        assert.match(answer.headers['www-authenticate'] ?? '', /^Keystone uri=/);
        assert.match(answer.body, /^<unauthorized code="401"/);
      },
    );
  });
}

function readDocument(document: string): Record<string, unknown> {
  const reading = { limits: new Map<string, number>(), unknown: [], passedOver: [], keepUnknown: false };
  const value = readServer(parseXml(Buffer.from(document)), 'server', reading);
  assert.deepEqual(reading.unknown, [], 'the document has nothing that its description has not');
  return value as Record<string, unknown>;
}

function idOf(entity: unknown): unknown {
  return (entity as { id?: unknown } | undefined)?.id;
}

/** The server when its rebuild is done, read through the gateway. */
async function untilActive(gateway: TestGateway, cloud: RealCloud, server: string): Promise<Record<string, unknown>> {
  const deadline = Date.now() + patience;
  for (;;) {
    const path = `/v1.1/${cloud.projectId}/servers/${server}`;
    const answer = await call(gateway.url, { method: 'GET', path, headers: { 'X-Auth-Token': cloud.tokens.member } });
    assert.equal(answer.status, 200, answer.body);
    const shown = (JSON.parse(answer.body) as { server: Record<string, unknown> }).server;
    if (shown['status'] === 'ACTIVE') return shown;
    assert.equal(shown['status'], 'REBUILD');
    assert.ok(Date.now() < deadline, 'the rebuild ends in time');
    await delay(100);
  }
}
