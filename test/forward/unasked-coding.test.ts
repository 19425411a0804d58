import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { between, drained, open } from '../support/forwarding.ts';

const path = '/v2/p/os-gadgets';
const text = '{"gadgets": [{"id": 1}]}';
const compressed = {
  'Content-Type': 'application/json',
  'Content-Encoding': 'gzip',
  ETag: '"strong"',
  Vary: 'X-Auth-Token',
  'Accept-Ranges': 'bytes',
};

interface Seen {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Asks for something, either way, of a cloud that compresses whatever it is asked. */
async function ask(
  given: Readonly<Record<string, string>>,
  body: Buffer,
  { status = 200, method = 'GET', headers = {} }: { status?: number; method?: string; headers?: object } = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<Seen> {
  let seen: Seen | undefined;
  await between(
    (_, response) => {
      response.writeHead(status, { ...compressed, 'Content-Length': body.length, ...headers });
      response.end(method === 'HEAD' ? undefined : body);
    },
    async (gateway) => {
      const { outgoing, answer } = open(gateway.url, method, path, given);
      outgoing.end();
      const message = await answer;
      seen = { status: message.statusCode, headers: message.headers, body: await drained(message) };
    },
    settings,
  );
  assert.ok(seen);
  return seen;
}

describe('a content coding on the forwarding road', () => {
  const unasked: readonly Readonly<Record<string, string>>[] = [
    {},
    { 'Accept-Encoding': '' },
    { 'Accept-Encoding': 'identity' },
    { 'Accept-Encoding': 'br' },
    { 'Accept-Encoding': 'gzip;q=0, *' },
    { 'Accept-Encoding': 'gzip; q=0.000' },
    { 'Content-Length': '0' },
  ];
  for (const given of unasked) {
    test(`is decoded for ${JSON.stringify(given)}`, async () => {
      const { status, headers, body } = await ask(given, gzipSync(text));
      assert.equal(status, 200);
      assert.equal(body.toString('utf8'), text);
      assert.equal(headers['content-encoding'], undefined);
      assert.equal(headers['content-length'], String(text.length));
      assert.equal(headers['etag'], 'W/"strong"');
      assert.equal(headers['vary'], 'X-Auth-Token, Accept-Encoding');
      assert.equal(headers['accept-ranges'], undefined);
    });
  }

  const asked: readonly Readonly<Record<string, string>>[] = [
    { 'Accept-Encoding': 'gzip' },
    { 'Accept-Encoding': 'deflate, GZIP;q=0.5' },
    { 'Accept-Encoding': 'x-gzip' },
    { 'Accept-Encoding': '*' },
  ];
  for (const given of asked) {
    test(`stays for ${JSON.stringify(given)}`, async () => {
      const { headers, body } = await ask(given, gzipSync(text), { headers: { 'Content-Type': 'text/plain' } });
      assert.equal(gunzipSync(body).toString('utf8'), text);
      assert.equal(headers['content-encoding'], 'gzip');
      assert.equal(headers['etag'], '"strong"');
    });
  }

  test('is decoded in JSON although the caller accepts it, because there may be links in it', async () => {
    const { headers, body } = await ask({ 'Accept-Encoding': 'gzip' }, gzipSync(text));
    assert.equal(body.toString('utf8'), text);
    assert.equal(headers['content-encoding'], undefined);
  });

  test('is decoded whatever it is', async () => {
    const { body } = await ask({}, brotliCompressSync(text), { headers: { 'Content-Encoding': 'br' } });
    assert.equal(body.toString('utf8'), text);
  });

  test('stays if nobody knows it', async () => {
    const { headers, body } = await ask({}, Buffer.from(text), { headers: { 'Content-Encoding': 'compress' } });
    assert.equal(headers['content-encoding'], 'compress');
    assert.equal(body.toString('utf8'), text);
  });

  test('stays in a part of a body', async () => {
    const { headers } = await ask({}, gzipSync(text), { status: 206 });
    assert.equal(headers['content-encoding'], 'gzip');
  });

  test('is none in an answer to HEAD', async () => {
    const { headers } = await ask({}, gzipSync(text), { method: 'HEAD' });
    assert.equal(headers['content-encoding'], undefined);
    assert.equal(headers['content-length'], undefined);
  });

  test('of a legacy fault is undone', async () => {
    const fault = '{"itemNotFound": {"message": "no", "code": 404}}';
    const { status, headers, body } = await ask({}, gzipSync(fault), { status: 404 });
    assert.equal(status, 404);
    assert.deepEqual(JSON.parse(body.toString('utf8')), JSON.parse(fault));
    assert.equal(headers['content-encoding'], undefined);
  });

  test('that is broken is 502, and nothing of it is sent', async () => {
    for (const body of [Buffer.from(text), gzipSync(text).subarray(0, -9)]) {
      const answer = await ask({}, body);
      assert.equal(answer.status, 502);
      assert.match(answer.body.toString('utf8'), /broke off or cannot be read/);
      assert.equal(answer.headers['etag'], undefined);
    }
  });

  test('that hides a huge body is 502', async () => {
    const answer = await ask(
      {},
      gzipSync(Buffer.alloc(3_000_000)),
      {},
      { GATEWAY_UPSTREAM_ANSWER_MAX_BYTES: '1000000' },
    );
    assert.equal(answer.status, 502);
    assert.match(answer.body.toString('utf8'), /too large/);
  });
});
