import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { head, libraryOf, ok, plays, same, seed, seen, sent, type Play } from './both-ways.ts';

describe('a request reaches the cloud the same by either way', () => {
  const answer: Play = { pieces: [`${ok}Content-Length: 0\r\n\r\n`], end: 'stay' };
  /** Sends it at once, and so that its body comes too late to be sent whole. */
  const sameSent = async (method: string, path: string, headers: string, body: string): Promise<readonly unknown[]> => {
    plays(answer);
    const headOf = (word: string): string =>
      `${method} ${path}/${word} HTTP/1.1\r\nHost: g\r\nConnection: close\r\n${headers}Content-Length: ${body.length}\r\n\r\n`;
    const [whole, streamed] = await Promise.all([seen(headOf('whole') + body), seen(headOf('streamed'), body)]);
    const isTaken = whole.startsWith('HTTP/1.1 200');
    assert.equal(isTaken, streamed.startsWith('HTTP/1.1 200'), `${whole} ${streamed}`);
    assert.deepEqual(sent('whole'), sent('streamed'));
    if (isTaken) assert.deepEqual([libraryOf('whole'), libraryOf('streamed')], ['undici', 'node']);
    return sent('whole');
  };

  test('a POST', async () => {
    const [start, lines, body] = await sameSent('POST', '/v1.1/p/os-gadgets', 'Content-Type: a/b\r\n', 'xy');
    assert.deepEqual([start, body], ['POST /v2/p/os-gadgets/way HTTP/1.1', '\r\n\r\nxy']);
    assert.ok(Array.isArray(lines) && lines.includes('content-length: 2'));
  });

  const name = fc.constantFrom(
    ...'X-A x-a Accept Cookie Set-Cookie Content-Type User-Agent Authorization X-Auth-Token Via Keep-Alive TE'.split(
      ' ',
    ),
    ...'Upgrade Trailer Proxy-Connection If-Match Range Content-Encoding traceparent Forwarded X-Forwarded-For'.split(
      ' ',
    ),
    ...'Max-Forwards HTTP2-Settings __proto__ constructor'.split(' '),
  );
  const value = fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 9,
  });
  const headers = fc
    .array(fc.tuple(name, value), { maxLength: 6 })
    .map((pairs) => pairs.map(([key, text]) => `${key}: ${text}\r\n`).join(''));
  const path = fc.constantFrom(
    '/v2/p/x',
    '/v1.1/p/x',
    '//v1.1//p/x',
    '/v2/p/%41\xe9',
    '//other/x',
    '/v2/p/x?a=b?c',
    '/v2.1/p/%zz',
  );
  const method = fc.constantFrom('POST', 'PUT', 'PATCH');
  test('any', () =>
    fc.assert(
      fc.asyncProperty(
        method,
        path,
        headers,
        fc.constantFrom('x', '{"a": 1}', '\xff\x00'),
        async (...given) => void (await sameSent(...given)),
      ),
      { seed, numRuns: Number(process.env['RUNS'] ?? 60) },
    ));

  test('a GET, but for the length that makes it streamed', async () => {
    await same(answer);
    const [start, lines, body] = sent('whole');
    const [otherStart, otherLines, otherBody] = sent('streamed');
    assert.deepEqual([start, body], [otherStart, otherBody]);
    assert.deepEqual(
      lines,
      (otherLines as string[]).filter((line) => line !== 'content-length: 0'),
    );
  });

  test('a POST without a length has one', async () => {
    plays(answer);
    await seen(`POST /v2/p/x/whole HTTP/1.1\r\n${head}\r\n`);
    assert.ok((sent('whole')[1] as string[]).includes('content-length: 0'));
  });
});
