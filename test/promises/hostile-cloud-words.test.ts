// Guards: `fieldName` of relay-headers.ts, `redirectingFields` of header-fields.ts, and choices.ts, which writes a document by `writeDocument` of document.ts.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { call, type TestAnswer } from '../support/http.ts';
import { withWire } from './hostile-wire.ts';

const deep = (open: string, close: string): string => open.repeat(20_000) + close.repeat(20_000);

/** The cloud's next answer. */
let next = '';
const wire = withWire({ GATEWAY_UPSTREAM_PROFILE: 'nova' }, { answer: () => next });

/** Send a request and return the answer. Neither it nor the log may show a defect of the gateway. */
async function play(path: string, headers: Record<string, string>, answer: string): Promise<TestAnswer> {
  next = answer;
  const before = wire.gateway.log.length;
  const received = await call(wire.gateway.url, { method: 'GET', path, headers });
  assert.notEqual(received.status, 500, received.body);
  const defects = wire.gateway.log.slice(before).filter(({ event }) => event === 'internal error');
  assert.deepEqual(defects, []);
  return received;
}

const answering = (status: string, body: string, headers = ''): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
const server = '{"server":{"id":"s","name":"n","links":[]}}';

describe("a cloud's Vary that names nothing is no defect, and what it names besides goes on", () => {
  /** The cloud's Vary, and the names in the Vary that the caller receives. */
  const said: readonly (readonly [string, readonly string[]])[] = [
    ['', ['Accept']],
    [',', ['Accept']],
    ['Accept,', ['Accept']],
    ['Accept-Encoding,', ['Accept-Encoding', 'Accept']],
    [',,X-A, ,', ['X-A', 'Accept']],
    ['a b', ['Accept']],
    ['a b, X-A', ['X-A', 'Accept']],
    ['"X-A"', ['Accept']],
    ['X-A;q=1', ['Accept']],
    ['(X-A)', ['Accept']],
    ['X-\xe9', ['Accept']],
    ['*', ['*']],
    ['X-A,'.repeat(500), ['X-A', 'Accept']],
  ];
  const xml = { Accept: 'application/xml' };
  const versioned = { ...xml, 'OpenStack-API-Version': 'compute 2.1' };
  const roads: Readonly<Record<string, readonly [string, Record<string, string>, status: string, body: string]>> = {
    'an answer that is translated by a microversion': ['/v2.1/p/servers/s', versioned, '200 OK', server],
    'a fault that is translated': ['/v2.1/p/servers/s', versioned, '404 No', '{"itemNotFound":{"message":"no"}}'],
    'a fault that is forwarded': ['/v2/p/os-gadgets', xml, '404 No', '<h1>no</h1>'],
    'choices that are forwarded': ['/v1.0/servers/s', xml, '300 Many', '{"choices":[]}'],
  };
  for (const [what, [path, headers, status, body]] of Object.entries(roads)) {
    for (const [vary, names] of said) {
      test(`${JSON.stringify(vary.slice(0, 20))} on ${what}`, async () => {
        const answer = await play(path, headers, answering(status, body, `Vary: ${vary}\r\n`));
        assert.equal(answer.status, Number(status.slice(0, 3)));
        assert.deepEqual(new Set(answer.headers['vary']?.split(', ')), new Set(names));
      });
    }
  }

  test('on an answer that is forwarded it goes on as it is', async () => {
    const { headers, status } = await play('/v2/p/os-gadgets', {}, answering('200 OK', '{}', 'Vary: a b,\r\n'));
    assert.deepEqual([status, headers['vary']], [200, 'a b,']);
  });
});

describe('choices of another form than described, or too deep, are told as they are or are 502', () => {
  const values: readonly unknown[] = [5, null, 'x', '', true, [], {}, [5], [null], [[]], [{}], { a: 1 }];
  const choice = {
    id: 'v2.0',
    status: 'CURRENT',
    links: [{ href: 'http://a/v2/', rel: 'self' }],
    'media-types': [{ base: 'a', type: 'b' }],
  };
  const documents: Readonly<Record<string, readonly string[]>> = {
    'choices that are none': values.map((value) => JSON.stringify({ choices: value })),
    ...Object.fromEntries(
      ['id', 'status', 'links', 'media-types', 'updated', 'version', '__proto__', 'constructor'].map((name) => [
        `a choice with another ${name}`,
        // Written by hand: an object with such a __proto__ has no member of this name.
        values.map(
          (value) => `{"choices":[${JSON.stringify(choice).replace(/\}$/, '')},"${name}":${JSON.stringify(value)}}]}`,
        ),
      ]),
    ),
    'great depth': [
      `{"choices":${deep('[', ']')}}`,
      `{"choices":[{"id":${deep('[', ']')}}]}`,
      `{"choices":[{"links":${deep('[{"a":', '}]').replace('"a":}', '"a":1}')}}]}`,
      deep('{"choices":', '}').replace(':}', ':1}'),
    ],
  };
  for (const [what, bodies] of Object.entries(documents)) {
    for (const accept of ['application/xml', 'application/json']) {
      test(`${what}, to a caller of ${accept}`, async () => {
        for (const body of bodies) {
          const answer = answering('300 Many', body);
          const { status, body: told } = await play('/v1.0/servers/s', { Accept: accept }, answer);
          assert.ok(status === 300 || status === 502, `${status} for ${body.slice(0, 200)}`);
          if (status === 502) assert.match(told, /The cloud&apos;s answer|The cloud's answer|The cloud answered/);
        }
      });
    }
  }
});

describe('no field of the cloud leads a caller past the gateway, or a proxy in front of it to its own files', () => {
  const fields = [
    'Alt-Svc: h2="internal.example:8774"',
    'X-Accel-Redirect: /internal',
    'X-Sendfile: /etc/passwd',
    'X-Lighttpd-Send-File: /etc/passwd',
    'X-Reproxy-URL: http://internal.example/',
    'X-Reproxy-File: /etc/passwd',
  ];
  const head = [...fields, 'X-Other: kept'].map((field) => `${field}\r\n`).join('');
  for (const path of ['/v1.1/p/servers/s', '/v2/p/os-gadgets', '/v2.1/p/servers/s']) {
    for (const status of ['200 OK', '404 Not Found'])
      test(`${path}, ${status}`, async () => {
        const { headers } = await play(path, {}, answering(status, server, head));
        assert.equal(headers['x-other'], 'kept');
        for (const field of fields) assert.equal(headers[field.slice(0, field.indexOf(':')).toLowerCase()], undefined);
      });
  }
});
