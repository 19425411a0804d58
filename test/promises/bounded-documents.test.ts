// Guards: src/http/answer/apart/, isForThread in translate/answer.ts, `write` in forward/generic-answer.ts, mostInSlice in
// read-slices.ts. Without them a document of 16 MB is translated on the event loop, or not at all.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixedLimits } from '../../src/config/fixed-limits.ts';
import { createWriteApart } from '../../src/http/answer/apart/threads.ts';
import { EndSignal } from '../../src/http/exchange/end.ts';
import { Fault } from '../../src/fault.ts';
import { between } from '../support/forwarding.ts';
import { call, type TestAnswer } from '../support/http.ts';

const server = { id: 's', name: 'n', links: [{ rel: 'self', href: 'http://cloud/v2.1/servers/s' }] };
const serverPath = '/v2/p/servers/11111111-1111-1111-1111-111111111111';
const metadata = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`key ${n}`, `<${n}>`]));
const wideServer = JSON.stringify({ server: { ...server, progress: 1.5, metadata } }).replace('1.5', '1.50');

async function answered(document: string, path: string, type: string): Promise<TestAnswer> {
  let answer: TestAnswer | undefined;
  await between(
    (_, response) => void response.writeHead(200, { 'Content-Type': 'application/json' }).end(document),
    async ({ url }) => {
      answer = await call(url, { method: 'GET', path, headers: { Accept: type } });
    },
    { GATEWAY_UPSTREAM_PROFILE: 'nova' },
  );
  assert.ok(answer !== undefined);
  return answer;
}

describe('a large document that is no list is translated like a small one', () => {
  test('its size needs a thread', () => assert.ok(wideServer.length > fixedLimits.wholeDocumentBytes));

  test('a server as XML, with links to the gateway', async () => {
    const { status, body } = await answered(wideServer, serverPath, 'application/xml');
    assert.equal(status, 200);
    assert.equal(body.match(/<meta key=/g)?.length, 20_000);
    assert.ok(body.includes('<meta key="key 19999">&lt;19999&gt;</meta>'), 'the last key is missing');
    assert.ok(body.includes('progress="1.50"'), 'a digit is lost');
    assert.ok(/href="http:\/\/127\.0\.0\.1:\d+\/v2\/servers\/s"/.test(body), 'its link leads elsewhere');
  });

  test('a server as JSON, with the digits of its numbers', async () => {
    const { status, body } = await answered(wideServer, serverPath, 'application/json');
    assert.equal(status, 200);
    assert.ok(body.includes('"progress":1.50'), 'a digit is lost');
    assert.deepEqual((JSON.parse(body) as { server: { metadata: object } }).server.metadata, metadata);
  });

  test('a document that nothing describes, as generic XML with its notes', async () => {
    const document = JSON.stringify({ thing: metadata, other: 1 });
    const { status, body, headers } = await answered(document, '/v2/p/os-unknown/1', 'application/xml');
    assert.equal(status, 200);
    assert.ok(body.startsWith('<thing><key_0>&lt;0&gt;</key_0>'), body.slice(0, 80));
    assert.match(String(headers['gateway-translation']), /other;dropped/);
  });

  test('a list with one large item', async () => {
    const document = JSON.stringify({ servers: [server, { ...server, metadata }, server] });
    const { status, body } = await answered(document, '/v2/p/servers/detail', 'application/xml');
    assert.equal(status, 200);
    assert.equal(body.match(/<server /g)?.length, 3);
    assert.equal(body.match(/<meta key=/g)?.length, 20_000);
  });

  test('another document is 502', async () => {
    for (const document of [JSON.stringify({ flavor: metadata }), '['.repeat(300_000), 'x'.repeat(300_000)]) {
      const { status, body } = await answered(document, serverPath, 'application/xml');
      assert.equal(status, 502);
      assert.match(body, /without a server document/);
    }
  });
});

describe('a thread', () => {
  const job = { kind: 'generic', links: { publicUrl: 'http://gateway', version: 'v2', cloudPath: '' } } as const;

  test('that has no memory left is 502, and the next document has another thread', { timeout: 120_000 }, async () => {
    const writeApart = createWriteApart(64);
    const brackets = Buffer.from(`[${'[],'.repeat(2_000_000)}[]]`);
    await assert.rejects(writeApart(job, brackets, new EndSignal()), (error) => {
      assert.ok(error instanceof Fault);
      return error.status === 502 && error.reason === 'cloud-too-large';
    });
    const written = await writeApart(job, Buffer.from('{"a":[1]}'), new EndSignal());
    assert.equal(Buffer.from(written?.bytes ?? []).toString(), '<a><item>1</item></a>');
  });

  test('ends with the exchange of its document', async () => {
    const writeApart = createWriteApart();
    const end = new EndSignal();
    const written = writeApart(job, Buffer.from(`{"a":[${'1,'.repeat(2_000_000)}1]}`), end);
    end.abort();
    await assert.rejects(written, (error) => error instanceof Fault && error.status === 499);
  });

  test('does several documents, one after the other', async () => {
    const writeApart = createWriteApart();
    for (const n of [1, 2, 3]) {
      const written = await writeApart(job, Buffer.from(`{"a":${n}}`), new EndSignal());
      assert.equal(Buffer.from(written?.bytes ?? []).toString(), `<a>${n}</a>`);
    }
  });
});
