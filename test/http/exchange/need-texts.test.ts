// Holds the texts of src/need-reasons.ts to the gateway: owners of clients read them in `explain`, and copy the requests.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { doesNeedBreak, needPartsOf, needReasons, type NeedKind } from '../../../src/need-reasons.ts';
import { startLiveCloud, type LiveCloud } from '../../support/forwarding.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { call, type TestRequest } from '../../support/http.ts';
import { projectId, serverId } from '../../support/rebuild-call.ts';

// The keys of the table are its own.
const kinds = Object.keys(needReasons) as NeedKind[];
const document = JSON.stringify({ servers: [], flavors: [], server: { id: serverId, links: [] } });

/** Read a request of the table. */
function requestOf(text: string): TestRequest {
  const [head = '', body] = text
    .replaceAll('PROJECT', projectId)
    .replaceAll('SERVER', serverId)
    .split(/\n\n([\s\S]*)/);
  const [line = '', ...fields] = head.split('\n');
  const [method = '', path = ''] = line.split(' ');
  const headers = Object.fromEntries(fields.map((field) => field.split(/: (.*)/s).slice(0, 2)));
  // Node writes the chunks itself.
  const content = headers['Transfer-Encoding'] === 'chunked' ? body?.split('\n')[1] : body;
  return { method, path, headers, ...(content === undefined ? {} : { body: content }) };
}

describe('the requests of the reasons', () => {
  let cloud: LiveCloud;
  let gateway: TestGateway;
  before(async () => {
    cloud = await startLiveCloud(({ url = '', method }, response) => {
      const isChange = method !== 'GET' && !url.startsWith('/v3');
      response.writeHead(url.includes('os-fping') ? 410 : isChange ? 202 : 200, { 'Content-Type': 'application/json' });
      response.end(document);
    });
    gateway = await startTestGateway(cloud.url, {
      GATEWAY_UPSTREAM_PROFILE: 'nova',
      GATEWAY_IDENTITY_URL: cloud.url,
      GATEWAY_IDENTITY_API_KEYS: 'password',
    });
  });
  after(async () => {
    await gateway.stop();
    await cloud.stop();
  });

  async function needsOf(text: string): Promise<readonly string[]> {
    gateway.forget();
    await call(gateway.url, requestOf(text));
    await gateway.logged('exchange', 1);
    // The field is a list of texts.
    return gateway.log.find(({ event }) => event === 'exchange')?.fields['needs'] as readonly string[];
  }

  for (const kind of kinds) {
    test(`of ${kind} have it before the change, and need nothing that breaks after it`, async () => {
      const { before: sent, after: changed } = needReasons[kind];
      const needs = await needsOf(sent);
      assert.ok(
        needs.some((need) => needPartsOf(need)?.kind === kind),
        needs.join(),
      );
      const others = await needsOf(changed);
      assert.deepEqual(
        others.filter((need) => doesNeedBreak(need) || needPartsOf(need)?.kind === kind),
        [],
      );
    });
  }
});

test('the text of a need is a kind, and a member or resource only where the kind is about one', () => {
  assert.deepEqual(needPartsOf('spelling:OS-DCF:diskConfig'), { kind: 'spelling', about: 'OS-DCF:diskConfig' });
  assert.deepEqual(needPartsOf('path-v1.1'), { kind: 'path-v1.1', about: undefined });
  for (const text of ['spelling', 'xml-request:name', 'gadget', 'toString', ''])
    assert.equal(needPartsOf(text), undefined, text);
  assert.deepEqual(['withdrawn:os-fping', 'path-v2', 'gadget', 'mapped:personality'].map(doesNeedBreak), [
    false,
    false,
    false,
    true,
  ]);
});
