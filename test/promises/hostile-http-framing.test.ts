// Guards: node's strict parser for callers (caller-server.ts sets no lenient flags and no insecureHTTPParser); `framingFields` in
// header-fields.ts (Connection cannot take the length off a body) and the one spelling of Transfer-Encoding in
// by-proxy.ts; `readFirst` of short-body.ts and `afterSending` in parse-errors.ts; `withheld` of cloud.ts, by which a translated body has the gateway's own length.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../support/in-time.ts';
import { received } from '../support/published.ts';
import { framingOf, speak, speakInTwo, withWire, type WireRequest } from './hostile-wire.ts';

const wire = withWire({ GATEWAY_UPSTREAM_PROFILE: 'nova' });

/** A request of 21 bytes that means something on the translated road. */
const body = '<reboot type="SOFT"/>';
const chunks = `15\r\n${body}\r\n0\r\n\r\n`;
const hidden = 'GET /v2/p/smuggled HTTP/1.1\r\nHost: h\r\n\r\n';
const length = `Content-Length: ${body.length}\r\n`;
const chunked = 'Transfer-Encoding: chunked\r\n';

/** A kind of request, and the form in which the cloud receives it if it is accepted. */
interface Road {
  readonly line: (id: string) => string;
  readonly seen: (id: string, body: string) => WireRequest['start'];
  readonly body: (sent: string) => string;
}

const forwardedBy = (method: string): Road => ({
  line: (id) => `${method} /v2/${id}/os-gadgets HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n`,
  seen: (id) => `${method} /v2/${id}/os-gadgets HTTP/1.1`,
  body: (sent) => sent,
});

const roads: Readonly<Record<string, Road>> = {
  'POST translated': {
    line: (id) => `POST /v2/${id}/servers/s/action HTTP/1.1\r\nHost: h\r\nContent-Type: application/xml\r\n`,
    seen: (id) => `POST /v2.1/${id}/servers/s/action HTTP/1.1`,
    body: () => '{"reboot":{"type":"SOFT"}}',
  },
  'POST forwarded': forwardedBy('POST'),
  'GET forwarded': forwardedBy('GET'),
  'DELETE forwarded': forwardedBy('DELETE'),
};

/** The rest of a request after the request line, Host and Content-Type: header fields and body. */
const refused: Readonly<Record<string, string>> = {
  'a length beside chunks': `Content-Length: 4\r\n${chunked}\r\n${chunks}`,
  'chunks beside a length': `${chunked}Content-Length: 4\r\n\r\n${chunks}`,
  'two equal lengths': `${length}${length}\r\n${body}`,
  'two different lengths': `${length}Content-Length: 5\r\n\r\n${body}`,
  ...Object.fromEntries(
    ['+21', '-21', '0x15', '21, 21', '21,22', '2 1', '21.0', '1e1', '', '99999999999999999999', '２１', '21;'].map(
      (value) => [`a length of ${JSON.stringify(value)}`, `Content-Length: ${value}\r\n\r\n${body}`],
    ),
  ),
  'a space before the colon': `Content-Length : ${body.length}\r\n\r\n${body}`,
  'a space before the colon of the coding': `Transfer-Encoding : chunked\r\n\r\n${chunks}`,
  'a folded line': `X-A: b\r\n Content-Length: 5\r\n${length}\r\n${body}`,
  'a folded coding': `Transfer-Encoding:\r\n chunked\r\n\r\n${chunks}`,
  'a bare LF in the head': `X-A: b\n${length}\r\n${body}`,
  'bare LFs at the end of the head': `X-A: b\n\n${length}\r\n${body}`,
  'a bare CR in a value': `X-A: b\rTransfer-Encoding: chunked\r\n${length}\r\n${body}`,
  'a NUL in a value': `X-A: b\0c\r\n${length}\r\n${body}`,
  'a NUL in a name': `X\0A: b\r\n${length}\r\n${body}`,
  'a header without a colon': `X-A\r\n${length}\r\n${body}`,
  'a header without a name': `: x\r\n${length}\r\n${body}`,
  ...Object.fromEntries(
    [
      'xchunked',
      'chunkedx',
      'chunked, identity',
      'identity',
      'chunked;q=1',
      '"chunked"',
      '\x0bchunked',
      '',
      'gzip',
    ].map((value) => [`a coding of ${JSON.stringify(value)}`, `Transfer-Encoding: ${value}\r\n\r\n${chunks}`]),
  ),
  'chunked twice in one line': `Transfer-Encoding: chunked, chunked\r\n\r\n${chunks}`,
  'chunked twice in two lines': `${chunked}${chunked}\r\n${chunks}`,
  'another coding after chunked': `${chunked}Transfer-Encoding: identity\r\n\r\n${chunks}`,
  ...Object.fromEntries(
    ['15 ', ' 15', '0x15', '-15', '+15', 'FFFFFFFFFFFFFFFF15', '15\t', '', '1_5', 'g', '15;a\nb', '15;'].map((size) => [
      `a chunk size of ${JSON.stringify(size)}`,
      `${chunked}\r\n${chunks.replace('15', size)}`,
    ]),
  ),
  'a chunk size that ends in LF': `${chunked}\r\n${chunks.replace('15\r\n', '15\n')}`,
  'a chunk that is longer than its size': `${chunked}\r\n${chunks.replace('>\r\n', '>XX')}`,
  'trailers that name the framing': `${chunked}\r\n${chunks.slice(0, -2)}Content-Length: 4\r\n${chunked}\r\n`,
};

const accepted: Readonly<Record<string, string>> = {
  'a length': `${length}\r\n${body}`,
  'a length with spaces around it': `Content-Length:  ${body.length} \t\r\n\r\n${body}`,
  chunks: `${chunked}\r\n${chunks}`,
  'chunks in mixed case': `tRANSFER-eNCODING: cHuNkEd\r\n\r\n${chunks}`,
  'chunks after a tab': `Transfer-Encoding:\tchunked\r\n\r\n${chunks}`,
  'chunks after another coding': `Transfer-Encoding: identity, chunked\r\n\r\n${chunks}`,
  'chunks after another coding in a line of its own': `Transfer-Encoding: identity\r\n${chunked}\r\n${chunks}`,
  'a chunk with an extension': `${chunked}\r\n${chunks.replace('15', '15;a=b;c="d"')}`,
  'a chunk size of many zeros': `${chunked}\r\n${chunks.replace('15', '0000000000000015')}`,
  'a length that Connection names': `Connection: content-length\r\n${length}\r\n${body}`,
  'a length that Connection names in another case': `Connection: close, Content-LENGTH\r\n${length}\r\n${body}`,
  'chunks that Connection names': `Connection: keep-alive, Transfer-Encoding\r\n${chunked}\r\n${chunks}`,
  'trailers that name who the caller is': `${chunked}Trailer: X-Auth-Token\r\n\r\n${chunks.slice(0, -2)}X-Auth-Token: t\r\nHost: evil\r\n\r\n`,
};

let count = 0;

for (const [what, road] of Object.entries(roads)) {
  describe(
    `${what}: framing that can be read in two ways is refused, and nothing reaches the cloud`,
    {
      concurrency: 8,
    },
    () => {
      for (const [how, rest] of Object.entries(refused)) {
        test(how, async () => {
          const id = `p${(count += 1)}x`;
          const { statuses, isClosed } = await speak(wire.gateway.url, road.line(id) + rest, 2);
          assert.deepEqual([...statuses], [400]);
          assert.ok(isClosed);
          assert.deepEqual(wire.cloud.about(id), []);
        });
      }
    },
  );

  describe(
    `${what}: what is accepted reaches the cloud as one request with the same body and one framing`,
    {
      concurrency: 8,
    },
    () => {
      for (const [how, rest] of Object.entries(accepted)) {
        test(how, async () => {
          const id = `p${(count += 1)}x`;
          const { statuses } = await speak(wire.gateway.url, road.line(id) + rest);
          assert.equal(statuses.length, 1);
          assertOne(wire.cloud.about(id), road.seen(id, body), road.body(body));
        });
      }
    },
  );
}

describe('a second request in a body stays in the body', { concurrency: 8 }, () => {
  const size = hidden.length.toString(16);
  const framings: Readonly<Record<string, string>> = {
    'with a length': `Content-Length: ${hidden.length}\r\n\r\n${hidden}`,
    'in a chunk': `${chunked}\r\n${size}\r\n${hidden}\r\n0\r\n\r\n`,
    'with a length that Connection names': `Connection: content-length\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
    'in a chunk that Connection names': `Connection: transfer-encoding\r\n${chunked}\r\n${size}\r\n${hidden}\r\n0\r\n\r\n`,
    'with a length after 900 other headers': `${'a: b\r\n'.repeat(900)}Content-Length: ${hidden.length}\r\n\r\n${hidden}`,
  };
  for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'POST', 'PUT', 'PATCH']) {
    for (const [how, rest] of Object.entries(framings)) {
      test(`${method} forwarded, ${how}`, async () => {
        const id = `p${(count += 1)}x`;
        const road = forwardedBy(method);
        await speak(wire.gateway.url, road.line(id) + rest);
        assertOne(wire.cloud.about(id), road.seen(id, hidden), hidden);
      });
    }
  }

  for (const [how, rest] of Object.entries(framings)) {
    test(`GET translated, ${how}: the cloud gets no body at all`, async () => {
      const id = `p${(count += 1)}x`;
      await speak(wire.gateway.url, `GET /v2/${id}/servers/s HTTP/1.1\r\nHost: h\r\n${rest}`);
      assertOne(wire.cloud.about(id), `GET /v2.1/${id}/servers/s HTTP/1.1`, '');
    });
  }
});

describe('a transfer coding that nobody undoes is 501, and nothing reaches the cloud', () => {
  for (const [what, road] of Object.entries(roads)) {
    for (const coding of ['gzip, chunked', 'x, chunked', 'chunked-not, chunked']) {
      test(`${what}: ${coding}`, async () => {
        const id = `p${(count += 1)}x`;
        const bytes = `${road.line(id)}Transfer-Encoding: ${coding}\r\n\r\n${chunks}`;
        const { statuses } = await speak(wire.gateway.url, bytes);
        assert.deepEqual([...statuses], [501]);
        assert.deepEqual(wire.cloud.about(id), []);
      });
    }
  }
});

describe('pipelined requests are one each, in order', () => {
  for (const [what, road] of Object.entries(roads)) {
    test(what, async () => {
      const ids = ['a', 'b', 'c'].map((name) => `p${(count += 1)}${name}`);
      const bytes = ids.map((id) => `${road.line(id)}${length}\r\n${body}`).join('');
      const { statuses } = await speak(wire.gateway.url, bytes, 3);
      assert.equal(statuses.length, 3);
      for (const id of ids) assertOne(wire.cloud.about(id), road.seen(id, body), road.body(body));
    });
  }
});

/** The beginning of a request that is streamed: its head, and whole chunks that are not the last. Never that of a DELETE. */
const stream =
  /^(?:GET|POST) \/v2\/p\w+\/os-gadgets HTTP\/1\.1\r\n(?:(?!content-length:)[\w-]+: [^\r\n]*\r\n)*\r\n(?:[1-9a-f][0-9a-f]*\r\n[^\r\n]*\r\n)*$/;

describe('a chunk that is broken late, when the request is already on its way', () => {
  const late: Readonly<Record<string, string>> = {
    'a size that is none': 'g\r\nx\r\n0\r\n\r\n',
    'a chunk that is longer than its size': `15\r\n${body}XX\r\n0\r\n\r\n`,
    'a NUL in a trailer': '0\r\nX\0A: b\r\n\r\n',
    'framing in the trailers': `0\r\nContent-Length: 4\r\n${chunked}\r\n`,
    'no last chunk, and the end of the connection': '',
  };
  const first = `15\r\n${body}\r\n`;
  const others = `POST /v2/smuggled/os-gadgets HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n`;

  const begin = (method: string, id: string): string => `${forwardedBy(method).line(id)}${chunked}\r\n${first}`;

  for (const [how, rest] of Object.entries(late)) {
    const isAnswered = rest !== '';
    const bytes = isAnswered ? rest + others : '';

    test(`POST forwarded, ${how}: the last chunk is never sent, and the caller learns that the cloud may have acted`, async () => {
      const id = `p${(count += 1)}x`;
      const isSent = (): boolean => wire.cloud.bytes().includes(`/${id}/os-gadgets`);
      const { statuses, text } = await speakInTwo(wire.gateway.url, begin('POST', id), bytes, isSent);
      assert.deepEqual([...statuses], isAnswered ? [400] : []);
      if (isAnswered) assert.match(text, /The request is not valid HTTP\. The cloud may have acted on it\./);
      assert.deepEqual(wire.cloud.about(id), []);
    });

    // Nova deletes as soon as it has the header section of a request in chunks, and reads none of them.
    test(`DELETE forwarded, ${how}: nothing is sent`, async () => {
      const id = `p${(count += 1)}x`;
      const isReceived = received(wire.gateway.url);
      let isBegun = false;
      void isReceived.then(() => (isBegun = true));
      const { statuses, text } = await speakInTwo(wire.gateway.url, begin('DELETE', id), bytes, () => isBegun);
      assert.deepEqual([...statuses], isAnswered ? [400] : []);
      if (isAnswered) assert.match(text, /The request is not valid HTTP\."/);
      assert.ok(!wire.cloud.bytes().includes(`/${id}/`));
    });
  }
});

test('after all of it the cloud has no half request but streams without their last chunk, on closed connections', async () => {
  await until(() => wire.cloud.openRests() === 0, 'a connection with half a request stays open');
  assert.deepEqual(
    wire.cloud.rests().filter((rest) => !stream.test(rest)),
    [],
  );
  assert.deepEqual(wire.cloud.about('smuggled'), []);
  assert.equal(wire.evil.connections(), 0);
  assert.deepEqual(
    wire.gateway.log.filter(({ event }) => event === 'internal error'),
    [],
  );
});

/** Exactly one request, whose one framing is of its body's own length or in plain chunks. */
function assertOne(requests: readonly WireRequest[], start: string, sent: string): void {
  assert.deepEqual(
    requests.map((request) => [request.start, request.body]),
    [[start, sent]],
  );
  for (const request of requests) {
    const framing = framingOf(request);
    const allowed = sent === '' ? [[]] : [[`content-length: ${sent.length}`], ['transfer-encoding: chunked']];
    assert.ok(
      allowed.some((one) => JSON.stringify(one) === JSON.stringify(framing)),
      JSON.stringify(framing),
    );
  }
}
