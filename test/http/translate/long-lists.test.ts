import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listServers } from '../../../src/compute/operations/servers.ts';
import { json } from '../../../src/media/json.ts';
import { textOf } from '../../../src/schema/write/write-xml.ts';
import { between } from '../../support/forwarding.ts';
import { call, type TestAnswer } from '../../support/http.ts';
import { serverDocument } from '../../support/rebuild-call.ts';

// The document is an object with a server.
const { server } = JSON.parse(serverDocument) as { server: object };

function servers(count: number, changed: Readonly<Record<string, unknown>> = {}): string {
  const list = Array.from({ length: count }, (_, n) => ({ ...server, id: String(n), name: `é <${n}>`, ...changed }));
  return JSON.stringify({
    servers: list,
    servers_links: [{ rel: 'next', href: 'http://cloud/v2.1/p/servers?marker=1' }],
  });
}

/** Return the answer that a caller gets for a document of the cloud, in a media type. */
async function relayed(document: string | Buffer, accept: string, path = '/v2/p/servers/detail'): Promise<TestAnswer> {
  let answer: TestAnswer | undefined;
  const handle: Parameters<typeof between>[0] = (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(document);
  };
  await between(handle, async (gateway) => {
    answer = await call(gateway.url, { method: 'GET', path, headers: { Accept: accept, Host: 'gateway' } });
  });
  assert.ok(answer);
  return answer;
}

const long = 400;
/** A key that is spelled so is not looked for: the document is read at one go. */
const atOnce = (document: string): string => document.replace('"servers"', '"serv\\u0065rs"');

// Holds `writeList` of answer.ts and `sendDocument` of send.ts.
describe('a long list is the same, whether it is read slice by slice or at one go', () => {
  for (const accept of ['application/xml', 'application/json']) {
    for (const path of ['/v2/p/servers/detail', '/v1.1/p/servers']) {
      test(`GET ${path} in ${accept}`, async () => {
        const [sliced, whole] = [
          await relayed(servers(long), accept, path),
          await relayed(atOnce(servers(long)), accept, path),
        ];
        assert.equal(sliced.status, 200);
        assert.equal(sliced.body, whole.body);
        assert.equal(sliced.headers['content-length'], `${Buffer.byteLength(sliced.body)}`);
        assert.equal(sliced.headers['content-type'], whole.headers['content-type']);
        assert.equal(sliced.body.match(/é (?:<|&lt;)\d+/g)?.length, long);
        assert.ok(!sliced.body.includes('http://cloud'));
      });
    }
  }

  test('what XML cannot hold is told of any of them', async () => {
    const answer = await relayed(servers(long).replace('<7>', '\\u0000'), 'application/xml');
    assert.match(String(answer.headers['gateway-translation']), /replaced/);
    assert.match(answer.body, /\uFFFD/);
  });
});

// Holds that nothing is sent before all is read (`writeDocument` of document.ts).
describe('a long list that is broken anywhere is a fault, and not half a document', () => {
  const good = servers(long);
  const end = good.lastIndexOf('}],"servers_links"');
  for (const [what, document] of Object.entries({
    'an item': good.replace('"id":"390"', '"id":390"'),
    'an item at the end': `${good.slice(0, end)},}${good.slice(end + 1)}`,
    'a comma': `${good.slice(0, end + 1)},${good.slice(end + 1)}`,
    'the end': good.slice(0, -1),
    'what stands behind the end': `${good}]`,
    'the list, which is none': good.replace('"servers":[', '"servers":{"a":['),
  })) {
    test(what, async () => {
      const answer = await relayed(document, 'application/xml');
      assert.equal(answer.status, 502);
      assert.match(answer.body, /The cloud answered 200 without a servers document/);
    });
  }
});

test('a value of another form, in a long list, is written as Python would print it, and noted', async () => {
  const answer = await relayed(servers(long).replace('"id":"390"', '"id":{"a":[null]}'), 'application/xml');
  assert.equal(answer.status, 200);
  assert.match(answer.body, / id="\{u'a': \[None\]\}">/);
  assert.equal(answer.body.match(/<server /g)?.length, long);
  assert.equal(answer.headers['gateway-translation'], 'id;rewritten');
});

test('a key that comes twice counts where it comes last, in a long list too', async () => {
  const answer = await relayed(servers(long).replace(/\}$/, ',"servers":[{"id":"last"}]}'), 'application/xml');
  assert.equal(answer.status, 200);
  assert.match(answer.body, /<server id="last"\/?>/);
  assert.equal(answer.body.match(/<server /g)?.length, 1);
});

test('numbers keep their digits in a long list', async () => {
  const answer = await relayed(servers(long).replace('"id":"390"', '"progress":9007199254740993'), 'application/xml');
  assert.match(answer.body, /progress="9007199254740993"/);
});

// JavaScript puts a key that is a number in front of all others.
test('a member that is named by a number stands beside a list in slices', () => {
  const composer = json.compose(listServers.answer, true);
  composer.add({ servers: [{ id: 'a' }, { id: 'b' }] });
  const { document } = composer.end({ servers: [{ id: 'c' }], '7': 'x', servers_links: [] });
  assert.deepEqual(JSON.parse(textOf(document)), {
    servers: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
    servers_links: [],
    '7': 'x',
  });
});
