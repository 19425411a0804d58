import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { ok, same, seed, type Play } from './both-ways.ts';

describe('an answer is passed back the same by either way', () => {
  const answers: Readonly<Record<string, readonly string[]>> = {
    'with a length': [`${ok}Content-Length: 2\r\n\r\nhi`],
    'with a length, in two pieces': [`${ok}Content-Length: 2\r\n\r\nh`, 'i'],
    'with a length and its body later': [`${ok}Content-Length: 2\r\n\r\n`, 'hi'],
    'without a body': [`${ok}Content-Length: 0\r\n\r\n`],
    'in chunks': [`${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`],
    'in chunks with trailers': [`${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: b\r\n\r\n`],
    'of bytes that are no text': [`${ok}Content-Length: 4\r\n\r\n\xff\x00\xe9\x80`],
    'until its end': [`${ok}\r\nhello`, 'more'],
    'after 100': ['HTTP/1.1 100 Continue\r\n\r\n', `${ok}Content-Length: 2\r\n\r\nhi`],
    'after 100 in one piece': [`HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n${ok}Content-Length: 2\r\n\r\nhi`],
    'after a 103 that cannot be read': [`HTTP/1.1 103 X\r\nno header\r\n\r\n${ok}Content-Length: 2\r\n\r\nhi`],
    'after a 103 with a length': [`HTTP/1.1 103 X\r\nContent-Length: 5\r\n\r\n${ok}Content-Length: 2\r\n\r\nhi`],
    'after 100 in many pieces': [...`HTTP/1.1 100 Continue\r\n\r\n${ok}`.split(''), 'Content-Length: 2\r\n\r\nhi'],
    'after 100, 102, 100 and 103': [
      'HTTP/1.1 100\r\n\r\nHTTP/1.1 102 X\r\n\r\nHTTP/1.1 100 X\r\n\r\nHTTP/1.1 103 X\r\nLink: x\r\n\r\n',
      `${ok}Content-Length: 2\r\n\r\nhi`,
    ],
    '100 and nothing else': ['HTTP/1.1 100 Continue\r\n\r\n'],
    '101 that was not asked for': ['HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nhi'],
    'whose status is below 100': ['HTTP/1.1 099 X\r\nContent-Length: 2\r\n\r\nhi'],
    'whose status is above 600': ['HTTP/1.1 799 X\r\nContent-Length: 2\r\n\r\nhi'],
    'whose reason comes in pieces': ['HTTP/1.1 200 Well', ' Done\r', '\nContent-Length: 2\r\n\r\nhi'],
    'whose reason is not of ASCII': ['HTTP/1.1 200 Gr\xc3\xbc\xc3\x9fe\r\nContent-Length: 2\r\n\r\nhi'],
    'without a reason': ['HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi'],
    'of HTTP/1.0': ['HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    'with repeated headers': [
      `${ok}Content-Length: 0\r\nSet-Cookie: a=1\r\nX-A: 1\r\nSet-Cookie: b=2\r\nX-A: 2\r\nETag: "1"\r\nETag: "2"\r\nCookie: a\r\nCookie: b\r\n\r\n`,
    ],
    'with white space around values': [`${ok}Content-Length: 0\r\nX-A:  b c \t \r\nX-B:\r\nX-C: \t\r\n\r\n`],
    'with headers of other characters': [`${ok}Content-Length: 0\r\nX-A: \xe9\xff\x80\r\n\r\n`],
    'with a header named __proto__': [
      `${ok}Content-Length: 0\r\n__proto__: a\r\n__proto__: b\r\nconstructor: c\r\n\r\n`,
    ],
    'with a header folded': [`${ok}Content-Length: 0\r\nX-A: a\r\n b\r\n\r\n`],
    'with white space behind its length': [`${ok}Content-Length: 2 \r\n\r\nhi`],
    'with white space behind a length that is too long': [`${ok}Content-Length: 5 \r\n\r\nhi`],
    'with two lengths': [`${ok}Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi`],
    'with a length and chunks': [`${ok}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`],
    'with more than its length': [`${ok}Content-Length: 2\r\n\r\nhi there`],
    twice: [`${ok}Content-Length: 2\r\n\r\nhi${ok}Content-Length: 2\r\n\r\nho`],
    'of rubbish': ['SSH-2.0\r\n'],
    'of rubbish without an end of line': ['SSH-2.0'],
    'of lines that end with LF': ['HTTP/1.1 200 OK\nContent-Length: 2\n\nhi'],
    'with too long headers': [`${ok}X-A: ${'a'.repeat(20_000)}\r\n\r\n`],
    'of nothing': [],
    '204 with a body': ['HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\nhi'],
    '304 with a length': ['HTTP/1.1 304 No\r\nContent-Length: 2\r\nETag: "a"\r\n\r\n'],
    '404 with a fault': ['HTTP/1.1 404 No\r\nContent-Length: 42\r\n\r\n{"itemNotFound":{"message":"a","code":404}}'],
    '404 with a page': ['HTTP/1.1 404 No\r\nContent-Length: 9\r\nX-A: b\r\n\r\n<p>no</p>'],
    '300 of another form': ['HTTP/1.1 300 Many\r\nContent-Length: 2\r\nLocation: /v2.1/x\r\n\r\n{}'],
    '301 to the cloud': ['HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: /v2.1/x\r\n\r\n'],
  };
  for (const [what, pieces] of Object.entries(answers)) {
    for (const end of ['close', 'stay', 'reset'] as const)
      test(`one ${what}; the connection: ${end}`, async () => same({ pieces, end }));
  }

  const name = fc.constantFrom(
    ...'X-A x-a Set-Cookie ETag Vary Location Server Date Content-Type Retry-After Via Warning Connection'.split(' '),
    ...'Keep-Alive Trailer Upgrade Age Cache-Control Link Cookie Content-Encoding X-Compute-Request-Id'.split(' '),
    ...'Proxy-Authenticate WWW-Authenticate Content-Length'.split(' '),
  );
  const value = fc.oneof(
    fc.constantFrom(
      '',
      'a',
      'close',
      'X-A',
      'keep-alive, X-A',
      'timeout=1',
      '/v2.1/x',
      '2',
      '5',
      'gzip',
      'a, b',
      ' a\t',
    ),
    fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 8 }),
  );
  const body = fc.string({
    unit: fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 40,
  });
  const framed = fc
    .tuple(body, fc.constantFrom('length', 'length', 'short', 'long', 'chunks', 'broken chunks', 'none'))
    .map(([bytes, how]): string => {
      const chunk = bytes === '' ? '' : `${bytes.length.toString(16)}\r\n${bytes}\r\n`;
      if (how === 'none') return `\r\n${bytes}`;
      if (how === 'chunks') return `Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`;
      if (how === 'broken chunks') return `Transfer-Encoding: chunked\r\n\r\n${chunk}`;
      const length = bytes.length + (how === 'short' ? -1 : 0) + (how === 'long' ? 1 : 0);
      return `Content-Length: ${Math.max(0, length)}\r\n\r\n${bytes}`;
    });
  const answer = fc
    .tuple(
      fc.constantFrom('', '', '', 'HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early\r\nLink: x\r\n\r\n'),
      fc.constantFrom(
        '200 OK',
        '200 OK',
        '202 Yes',
        '201 Made',
        '204 No',
        '304 Not',
        '300 Many',
        '301 There',
        '404 No',
        '503 Not now',
      ),
      fc.array(fc.tuple(name, value), { maxLength: 6 }),
      framed,
    )
    .map(
      ([interim, status, headers, rest]) =>
        `${interim}HTTP/1.1 ${status}\r\n${headers.map(([key, text]) => `${key}: ${text}\r\n`).join('')}${rest}`,
    );
  const anyPlay = fc
    .tuple(
      answer,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
      fc.constantFrom<Play['end'][]>('close', 'close', 'stay', 'reset'),
    )
    .map(([text, cuts, end]): Play => {
      const ats = [0, ...cuts.map((cut) => Math.floor(cut * text.length)).toSorted((a, b) => a - b), text.length];
      const pieces = ats.slice(1).map((at, index) => text.slice(ats[index], at));
      return { pieces: pieces.filter((piece) => piece !== ''), end };
    });
  test('any', () => fc.assert(fc.asyncProperty(anyPlay, same), { seed, numRuns: Number(process.env['RUNS'] ?? 120) }));
});
