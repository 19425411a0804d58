// Protects src/http/forward/rewritten-links.ts: no link of an answer that is passed on leads a caller past the gateway.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startTestGateway } from '../support/gateway.ts';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import { startScriptedCloud, type Received, type Scripted } from '../support/scripted-cloud.ts';
import { sendings } from './forwarded.ts';

interface Played {
  readonly answer: TestAnswer;
  readonly received: readonly Received[];
  readonly cloudUrl: string;
  readonly url: string;
}

/** Play a request with a cloud that knows its own URL. */
async function play(
  request: Partial<TestRequest>,
  answerOf: (cloudUrl: string) => Scripted,
  prefix = '',
): Promise<Played> {
  const cloud = await startScriptedCloud();
  const cloudUrl = cloud.url + prefix;
  const { headers, ...rest } = answerOf(cloudUrl);
  cloud.script({ ...rest, headers: { 'Content-Type': 'application/json', ...headers } });
  const gateway = await startTestGateway(cloudUrl);
  try {
    const answer = await call(gateway.url, { method: 'GET', path: '/v2.1/p/servers', ...request });
    return { answer, received: cloud.received, cloudUrl, url: gateway.url };
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

/** The fields of an answer that describe the bytes of its body. */
const kept = (answer: TestAnswer): unknown[] =>
  ['etag', 'content-md5', 'digest', 'accept-ranges'].map((name) => answer.headers[name]);

const page = (url: string): string =>
  JSON.stringify({ servers: [], servers_links: [{ rel: 'next', href: `${url}/v2.1/p/servers?limit=1&marker=a` }] });

const many = (url: string): string => `[${Array.from({ length: 2000 }, () => page(url)).join(',')}]`;

describe('the next page of a list is at the gateway', () => {
  for (const [way, request] of Object.entries(sendings))
    for (const prefix of ['', '/compute'])
      test(`for a ${way} to a cloud at ${prefix || 'no path'}, with the length of the new body`, async () => {
        const { answer, url } = await play(request, (cloud) => ({ status: 200, body: page(cloud) }), prefix);
        assert.equal(answer.body, page(url));
        assert.equal(answer.headers['content-length'] ?? String(page(url).length), String(page(url).length));
        assert.ok(answer.headers['content-length'] !== undefined || way.startsWith('streamed'));
      });

  test('if the answer is long, and its length is not known before its end', async () => {
    const { answer, url } = await play({}, (cloud) => ({ status: 200, body: many(cloud) }));
    assert.equal(answer.body, many(url));
    assert.equal(answer.headers['content-length'], undefined);
    assert.equal(answer.headers['transfer-encoding'], 'chunked');
  });

  test('if the cloud compresses, whatever the caller accepts', async () => {
    const { answer, url, received } = await play({ headers: { 'Accept-Encoding': 'gzip' } }, (cloud) => ({
      status: 200,
      headers: { 'Content-Encoding': 'gzip' },
      body: gzipSync(page(cloud)),
    }));
    assert.equal(answer.body, page(url));
    assert.equal(received[0]?.headers['accept-encoding'], 'identity');
  });

  test('if the cloud writes an address that only its operator has set', async () => {
    const { answer, url } = await play({}, () => ({ status: 200, body: page('https://inside.example:5000/nova') }));
    assert.equal(answer.body, page(url));
  });

  test('in the version of the caller', async () => {
    const { answer, url } = await play({ path: '/v1.1/p/os-gadgets' }, (cloud) => ({ status: 200, body: page(cloud) }));
    assert.equal(answer.body, page(url).replace('/v2.1/', '/v1.1/'));
  });
});

const self = (url: string): string =>
  JSON.stringify({ version: { id: 'v2.1', links: [{ rel: 'self', href: `${url}/v2.1/` }] } });
const choices = (url: string): string =>
  JSON.stringify({ choices: [{ id: 'v2.1', links: [{ rel: 'self', href: `${url}/v2.1/v1/images` }] }] });
const fault = (url: string): string =>
  JSON.stringify({ itemNotFound: { code: 404, message: 'no', more: `${url}/v2.1/x` } });

describe('no caller learns the address of the cloud', () => {
  const answers: Readonly<Record<string, readonly [Partial<TestRequest>, number, (url: string) => string]>> = {
    'from a version': [{ path: '/v2.1/' }, 200, self],
    'from choices': [{ method: 'POST', path: '/v1/images', body: '{}' }, 300, choices],
    'from choices of a GET': [{ path: '/v1/images' }, 300, choices],
    'from a 300 of another form': [{ path: '/v2.1/x' }, 300, self],
    'from a fault': [{}, 404, fault],
  };
  for (const [what, [request, status, body]] of Object.entries(answers))
    test(what, async () => {
      const { answer, url, cloudUrl } = await play(request, (cloud) => ({ status, body: body(cloud) }));
      assert.equal(answer.status, status);
      assert.ok(answer.body.includes(url), answer.body);
      assert.ok(!answer.body.includes(new URL(cloudUrl).host), answer.body);
    });

  test('from Location, Content-Location and Link', async () => {
    const { answer, url } = await play({}, (cloud) => ({
      status: 201,
      headers: {
        Location: `${cloud}/v2.1/p/servers/1`,
        'Content-Location': `${cloud}/v2.1/p/servers/1`,
        Link: `<${cloud}/v2.1/p?marker=1>; rel="next"`,
      },
      body: '{}',
    }));
    assert.equal(answer.headers['location'], `${url}/v2.1/p/servers/1`);
    assert.equal(answer.headers['content-location'], `${url}/v2.1/p/servers/1`);
    assert.equal(answer.headers['link'], `<${url}/v2.1/p?marker=1>; rel="next"`);
  });

  test('from these fields of a translated answer', async () => {
    const { answer, cloudUrl } = await play({ path: '/v2/p/servers' }, (cloud) => ({
      status: 200,
      headers: { 'Content-Location': `${cloud}/v2.1/p/servers`, Link: `<${cloud}/v2.1/p?marker=1>; rel="next"` },
      body: JSON.stringify({ servers: [] }),
    }));
    assert.equal(answer.status, 200);
    assert.ok(!JSON.stringify(answer.headers).includes(new URL(cloudUrl).host));
  });
});

describe('what describes the bytes of the cloud describes the rewritten ones no longer', () => {
  const described = { ETag: '"strong"', 'Content-MD5': 'x', Digest: 'sha-256=x', 'Accept-Ranges': 'bytes' };
  test('if a link was converted', async () => {
    const { answer } = await play({}, (cloud) => ({ status: 200, headers: described, body: page(cloud) }));
    assert.deepEqual(kept(answer), ['W/"strong"', undefined, undefined, undefined]);
  });

  test('and everything stays if there was none', async () => {
    const { answer } = await play({}, () => ({ status: 200, headers: described, body: '{"servers": [ ]}' }));
    assert.deepEqual(kept(answer), ['"strong"', 'x', 'sha-256=x', 'bytes']);
    assert.equal(answer.body, '{"servers": [ ]}');
    assert.equal(answer.headers['content-length'], '16');
  });

  for (const [what, status, type] of [
    ['a part of a document', 206, 'application/json'],
    ['what is no JSON', 200, 'text/plain'],
  ] as const)
    test(`${what} keeps its bytes`, async () => {
      const { answer, cloudUrl } = await play({}, (cloud) => ({
        status,
        headers: { ...described, 'Content-Type': type },
        body: page(cloud),
      }));
      assert.equal(answer.body, page(cloudUrl));
      assert.deepEqual(kept(answer), ['"strong"', 'x', 'sha-256=x', 'bytes']);
    });

  test('HEAD has no length of JSON, because that of a GET may be another', async () => {
    const { answer } = await play({ method: 'HEAD' }, () => ({ status: 200, headers: { 'Content-Length': '7' } }));
    assert.equal(answer.headers['content-length'], undefined);
  });
});
