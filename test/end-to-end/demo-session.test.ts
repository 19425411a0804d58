import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { sessionRequests } from '../../examples/demo/session.ts';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../examples/embedded-cloud/embedded-cloud.ts';
import type { ReceivedRequest } from '../../examples/embedded-cloud/http/received-request.ts';
import { listenOn } from '../../examples/embedded-cloud/listen.ts';
import { noRecordings, recordings } from '../support/vectors.ts';

const run = promisify(execFile);

/** Start a server in the place of the gateway, which answers every request with one document. */
async function startStand(
  t: TestContext,
  body: string,
): Promise<{ readonly lines: readonly string[]; readonly received: ReceivedRequest[]; readonly cloud: EmbeddedCloud }> {
  const cloud = await startEmbeddedCloud({ kind: 'nova' });
  t.after(() => cloud.close());
  const received: ReceivedRequest[] = [];
  const gateway = await listenOn(0, (incoming) => {
    received.push(incoming.received);
    return { status: 200, headers: { 'Content-Type': 'application/xml' }, body };
  });
  t.after(() => gateway.close());
  const requests = sessionRequests({ gateway, cloud, kind: 'nova', rebuildSeconds: 3 });
  return { lines: requests.map(({ command }) => command), received, cloud };
}

const answer = `<?xml version="1.0" encoding="UTF-8"?>
<access xmlns="http://docs.openstack.org/identity/api/v2.0">
  <token issued_at="2026-11-29T20:15:29.000000" expires="2026-11-30T20:15:29Z" id="gAAAAABrDIfh80e1U6Nl-zuV_U2D">
    <tenant enabled="true" name="demo" id="7459f9935ed2422eb9800fea1d4d9378"/>
  </token>
  <user username="demo" id="ed2965d80d394be0b41e56f50ac650ca" name="demo"/>
</access>
`;

test('the session of the demo is four lines, the first a login in XML whose token the others send', async (t) => {
  const { lines, received, cloud } = await startStand(t, answer);
  assert.equal(lines.length, 4);
  for (const line of lines) assert.match(line, /^(?:LOGIN=\$\()?curl [^\n]+$/);
  const { stdout } = await run('sh', ['-c', `set -e\n${lines.join('\n')}`]);
  assert.ok(stdout.startsWith(answer), 'the answer of the login is printed');
  assert.deepEqual(
    received.map(({ method, path, headers }) => [method, path, headers['x-auth-token']]),
    [
      ['POST', '/v2.0/tokens', undefined],
      ['GET', `/v2/${cloud.project}/servers/detail.xml`, 'gAAAAABrDIfh80e1U6Nl-zuV_U2D'],
      ['POST', `/v2/${cloud.project}/servers/${cloud.servers[0]?.id}/action`, 'gAAAAABrDIfh80e1U6Nl-zuV_U2D'],
      ['GET', `/v2/${cloud.project}/servers/${cloud.servers[0]?.id}`, 'gAAAAABrDIfh80e1U6Nl-zuV_U2D'],
    ],
  );
  const [login, , rebuild] = received;
  assert.equal(login?.headers['content-type'], 'application/xml');
  assert.equal(login?.headers.accept, 'application/xml');
  assert.match(login?.body ?? '', /^<auth xmlns="[^"]+" tenantName="demo"><passwordCredentials [^>]+\/><\/auth>$/);
  assert.match(rebuild?.body ?? '', /^<rebuild .*<\/rebuild>$/);
});

/** A login of Keystone 2014.1, with the answer as XML. */
interface RecordedAccess {
  readonly name: string;
  readonly input: { readonly headers?: Readonly<Record<string, string>> };
  readonly output?: { readonly xml?: string };
}

test('the login of the demo takes the token out of each recorded answer in XML', { skip: noRecordings }, async (t) => {
  const { lines } = await startStand(t, answer);
  const [login = ''] = lines;
  const taking = login.slice(login.indexOf('sed -n'), -1);
  const answers = recordings<RecordedAccess>('identity/response').filter(
    ({ input }) => input.headers?.['X-Subject-Token'],
  );
  assert.ok(answers.length > 10);
  for (const { name, input, output } of answers) {
    if (output?.xml === undefined) continue;
    const { stdout } = await run('sh', ['-c', `printf %s "$1" | ${taking}`, 'sh', output.xml]);
    assert.equal(stdout.trim(), input.headers?.['X-Subject-Token'], name);
  }
});
