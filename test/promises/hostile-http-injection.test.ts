// Guards: `item` and `warning` of note-headers.ts, `locationOf` of location.ts, `relayHeaders` of relay-headers.ts, `printable` of
// answer-head.ts, preference.ts, log.ts (JSON, one line an event), and node's own refusal of CR, LF and NUL in headers.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { speak, withWire, type WireRequest } from './hostile-wire.ts';

/** The cloud's next answer, as bytes in latin1. */
let next: string | undefined;
const wire = withWire({ GATEWAY_UPSTREAM_PROFILE: 'nova' }, { answer: () => next });

const roads = { translated: '/v2/p/servers/s', forwarded: '/v2/p/os-gadgets' } as const;
const injected = /^x-injected:/im;

/** Play a request and give the head of the answer, its body, and what the cloud received of it. */
async function play(
  bytes: string,
  answer?: string,
): Promise<{ status: number | undefined; head: string; body: string; seen: readonly WireRequest[] }> {
  next = answer;
  const before = wire.cloud.about('').length;
  const { text, statuses } = await speak(wire.gateway.url, bytes);
  const end = text.indexOf('\r\n\r\n');
  assert.equal(statuses.length, 1, text);
  const head = text.slice(0, end);
  assert.doesNotMatch(head, injected);
  assert.doesNotMatch(head, /[^\r\n\t\x20-\x7e\x80-\xff]|[^\r]\n|\r[^\n]/, 'a head is lines of text');
  return { status: statuses[0], head, body: text.slice(end + 4), seen: wire.cloud.about('').slice(before) };
}

const post = (path: string, body: string, headers = ''): string =>
  `POST ${path} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${Buffer.from(body).toString('latin1')}`;
const get = (path: string, headers = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: h\r\nAccept: application/json\r\n${headers}\r\n`;

/** Texts that try to begin a line of their own. */
const breaks: Readonly<Record<string, string>> = {
  'CR LF': 'a\r\nX-Injected: 1',
  LF: 'a\nX-Injected: 1',
  CR: 'a\rX-Injected: 1',
  NUL: 'a\0X-Injected: 1',
  'CR LF twice': 'a\r\n\r\nHTTP/1.1 200 OK\r\nX-Injected: 1',
  'CR LF in percent': 'a%0d%0aX-Injected: 1',
  'characters whose low byte is CR and LF': 'a\u010d\u010aX-Injected: 1',
  'line separators': 'a\u2028\u2029\u0085\u000b\u000cX-Injected: 1',
  quotes: 'a", dropped, x;mapped="',
  'a lone surrogate': 'a\ud800b',
  emoji: 'a\u{1f511}b',
};

describe('what a caller says makes no header of its own, and no line', () => {
  for (const [what, text] of Object.entries(breaks)) {
    test(`a member that nobody knows, with ${what} in its name, is told in Warning and Gateway-Translation`, async () => {
      const body = JSON.stringify({ reboot: { type: 'SOFT', [text]: 1 } });
      const { head, seen } = await play(post('/v2/p/servers/s/action', body));
      assert.equal(seen.length, 1);
      assert.match(head, /^Gateway-Translation: .*;dropped\r$/m);
      assert.match(head, /^Warning: 299 - "[\x20-\x7e]*"\r$/m);
      // One item: what is quoted ends where the name does.
      const [, field = ''] = /^Gateway-Translation: (.*)\r$/m.exec(head) ?? [];
      assert.match(field, /^(?:%?"(?:[^"\\]|\\.)*"|[!-~]+);dropped$/);
    });

    test(`metadata with ${what} in key and value arrives as it was`, async () => {
      const body = JSON.stringify({ metadata: { [text]: text } });
      const { seen } = await play(post('/v2/p/servers/s/metadata', body), ok('{"metadata":{}}'));
      const sent = Buffer.from(seen[0]?.body ?? '', 'latin1').toString();
      assert.deepEqual(JSON.parse(sent), JSON.parse(body));
    });

    test(`a name of a server with ${what} is in the answer's document and nowhere else`, async () => {
      const name = { id: 's', name: text, links: [] };
      const { head, body } = await play(get(roads.translated), ok(JSON.stringify({ server: name })));
      assert.match(head, /^HTTP\/1\.1 200 /);
      const { server } = JSON.parse(Buffer.from(body, 'latin1').toString()) as { server: { name: string } };
      assert.equal(server.name, text.toWellFormed() === text ? text : server.name);
    });
  }

  for (const [road, path] of Object.entries(roads)) {
    for (const name of ['Accept', 'Prefer', 'Host', 'X-Auth-Token', 'Content-Type', 'X-Forwarded-Host', 'Via']) {
      for (const [what, value] of Object.entries({ CR: 'a\rX-Injected: 1', LF: 'a\nX-Injected: 1', NUL: 'a\0b' })) {
        test(`${what} in ${name} on the ${road} road is 400, and nothing reaches the cloud`, async () => {
          const { status, seen } = await play(get(path, `${name}: ${value}\r\n`));
          assert.deepEqual([status, seen], [400, []]);
        });
      }
      test(`percent, quotes and high bytes in ${name} on the ${road} road are in no head but the cloud's`, async () => {
        const value = 'a%0d%0aX-Injected: 1, "b\\", handling=strict\xe9\xff';
        const { seen } = await play(get(path, name === 'Host' ? '' : `${name}: ${value}\r\n`));
        assert.ok(seen.length <= 1);
        assert.doesNotMatch(wire.cloud.bytes(), injected);
      });
    }

    for (const escape of ['%0d%0aX-Injected:1', '%0aX-Injected:1', '%00', '%E2%80%A8', '%c4%8d%c4%8aX-Injected:1']) {
      test(`${escape} in the path and the query on the ${road} road stays as it was spelled`, async () => {
        const { seen } = await play(get(`${path}${escape}?x=${escape}&${escape}=1`));
        assert.equal(seen.length, 1);
        assert.ok(seen[0]?.start.endsWith(`${escape}?x=${escape}&${escape}=1 HTTP/1.1`), seen[0]?.start);
      });
    }
  }
});

function ok(body: string, headers = '', status = '200 OK'): string {
  const bytes = Buffer.from(body).toString('latin1');
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n${bytes}`;
}

const fault = (text: string): string => JSON.stringify({ badRequest: { code: 400, message: text } });

describe('what a cloud says makes no header of its own, and ends no process', () => {
  const server = '{"server":{"id":"s","name":"n","links":[]}}';
  /** Answers that are not HTTP, or barely. */
  const answers: Readonly<Record<string, string>> = {
    'a bare CR in a header': ok(server, 'X-A: b\rX-Injected: 1\r\n'),
    'a NUL in a header': ok(server, 'X-A: b\0c\r\n'),
    'a control character in a header': ok(server, 'X-A: b\x01c\r\n'),
    'high bytes in a header': ok(server, 'X-A: b\xe9\x85\x9bc\r\nX-Compute-Request-Id: r\xe9 forged=1\r\n'),
    'a control character in the reason': ok(server, '', '200 O\x01K'),
    'DEL in the reason': ok(server, '', '200 O\x7fK'),
    'high bytes in the reason': ok(server, '', '200 Trouv\xe9'),
    'UTF-8 in the reason': ok(server, '', '200 Trouv\xc3\xa9 \xe2\x82\xac'),
    'high bytes in the reason of a fault': ok(fault('no'), '', '400 Refus\xe9'),
    'high bytes in the reason of a redirect': ok('', 'Location: http://x/\r\n', '302 D\xe9plac\xe9'),
    'high bytes in Location': ok(server, 'Location: http://h/v2.1/x\xe9\xff y"<>\\\r\n', '201 Made'),
    'high bytes in a redirect': ok('', 'Location: http://h/v2.1/x\xe9\xff y"<>\\\r\n', '302 Moved'),
    'two lengths': ok(server, 'Content-Length: 3\r\n'),
    'chunks and a length': ok(server, 'Transfer-Encoding: chunked\r\n'),
    'a length that Connection names': ok(server, 'Connection: content-length\r\n'),
    'a status of 999': ok(server, '', '999 Odd'),
    'a status of 099': ok(server, '', '099 Odd'),
    'a status of 600': ok(server, '', '600 Odd'),
    'a second answer after the first': `${ok(server)}${ok(server, 'X-Injected: 1\r\n')}`,
    ...Object.fromEntries(
      Object.entries(breaks).map(([what, text]) => [`${what} in a fault`, ok(fault(text), '', '400 No')]),
    ),
    ...Object.fromEntries(
      Object.entries(breaks).map(([what, text]) => [
        `${what} in links`,
        ok(JSON.stringify({ server: { id: 's', name: 'n', links: [{ rel: 'self', href: `http://h/v2.1/${text}` }] } })),
      ]),
    ),
  };
  for (const [road, path] of Object.entries(roads)) {
    for (const [what, answer] of Object.entries(answers)) {
      test(`${what} on the ${road} road`, async () => {
        const { status = 0, seen } = await play(get(path), answer);
        assert.equal(seen.length, 1);
        assert.notEqual(status, 500);
      });
    }
  }

  for (const [what, text] of Object.entries(breaks)) {
    test(`${what} in the link that Location is made of`, async () => {
      const body = JSON.stringify({ server: { id: 's', links: [{ rel: 'self', href: `http://h/v2.1/p/${text}` }] } });
      const sent = JSON.stringify({
        server: { name: 'n', imageRef: '70a599e0-31e7-49b7-b260-868f441e862b', flavorRef: '1' },
      });
      const { head, status } = await play(post('/v2/p/servers', sent), ok(body, '', '202 Yes'));
      assert.equal(status, 202, head);
      assert.match(head, /^Location: http:\/\/h\/v2\/p\/[!-~]+\r$/m);
    });
  }

  test('the sign of a replacement in a project is no replacement in Location', async () => {
    const sent = JSON.stringify({ createImage: { name: 'n' } });
    const location = 'Location: http://glance.example/images/7\r\n';
    const { head } = await play(post("/v2/$&$'/servers/s/action", sent), ok('', location, '202 Yes'));
    assert.match(head, /^Location: http:\/\/h\/v2\/\$&\$'\/images\/7\r$/m);
  });
});

test('after all of it the gateway lives, has no defect in its log, and no line with a break in it', async () => {
  next = undefined;
  assert.equal((await play(get(roads.forwarded))).status, 200);
  const text = wire.gateway.log.map(({ event, fields }) => JSON.stringify({ message: event, ...fields }));
  assert.ok(text.length > 100);
  for (const line of text) assert.doesNotMatch(line, /[\n\r\0]/);
  assert.deepEqual(
    wire.gateway.log.filter(({ event }) => event === 'internal error'),
    [],
  );
  assert.equal(wire.evil.connections(), 0);
});
