import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmbeddedCloud } from '../../examples/embedded-cloud/embedded-cloud.ts';
import { startTestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { seedRequest } from '../support/seed.ts';

const image = '70a599e0-31e7-49b7-b260-868f441e862b';
const rebuildMs = 1000;

test('an XML rebuild with every member of the API guide leaves a server of an ECS cloud ACTIVE', async (context) => {
  const clock = { now: Date.now() };
  const cloud = await startEmbeddedCloud({ kind: 'ecs', rebuildMs, now: () => clock.now });
  context.after(() => cloud.close());
  const gateway = await startTestGateway(cloud.url);
  context.after(() => gateway.stop());
  const [server] = cloud.servers;
  const path = `/v1.1/${cloud.project}/servers/${server?.id}`;
  const headers = { 'X-Auth-Token': 'token', 'Content-Type': 'application/xml', Accept: 'application/xml' };

  const answer = await call(gateway.url, { path: `${path}/action`, headers, body: seedRequest(image) });
  assert.equal(answer.status, 202, answer.body);
  assert.equal(answer.headers['location'], gateway.url + path);
  assert.match(answer.body, /^<\?xml version='1\.0' encoding='UTF-8'\?>\n<server [^>]* status="REBUILD"/);
  assert.match(answer.body, /<flavor id="s3\.xlarge\.1"><atom:link href="http:\/\/127\.0\.0\.1/);
  assert.equal(
    answer.headers['gateway-translation'],
    'adminPass;ineffective, accessIPv4;dropped, accessIPv6;dropped, OS-DCF:diskConfig;dropped, preserve_ephemeral;dropped, personality;mapped="user_data"',
  );
  assert.match(
    Buffer.from(server?.userData ?? '', 'base64').toString(),
    /^#cloud-config\n\{"write_files":\[\{"path":"\/etc\/banner\.txt"/,
  );

  clock.now += rebuildMs;
  const shown = await call(gateway.url, { method: 'GET', path, headers: { 'X-Auth-Token': 'token' } });
  const rebuilt = (JSON.parse(shown.body) as { server: Record<string, unknown> }).server;
  assert.equal(rebuilt['status'], 'ACTIVE');
  assert.equal(rebuilt['name'], 'foobar');
  assert.deepEqual(rebuilt['metadata'], { 'My Server Name': 'Apache1' });
});
