// Guards: the limits of a login's body, header fields and answer (identityBodyBytes in fixed-limits.ts, identity.answerMaxBytes,
// mostInHeader in header-answer.ts), and `mayBeIdentity` in identity-api.ts, before which a request of compute costs nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createIdentityApi } from '../../src/http/identity/identity-api.ts';
import type { Exchange } from '../../src/http/exchange/exchange.ts';
import { oneRegion, tokenId, v3Answer } from '../identity/fixtures.ts';
import { startLoginGateway, type LoginGateway } from '../login/login-gateway.ts';
import { bytesOf, json, login, xml } from '../login/byte-callers.ts';
import { createRandom } from '../promises/random.ts';
import type { Around } from '../support/hostile-texts.ts';
import { exchangeBytes } from '../support/raw-exchange.ts';
import { headerFields, jsonContent, targets, xmlContent, xmlTags } from './callers/vocabularies.ts';
import { assertShort, longestTurn, turnsOfTexts, type Kind, type Turn } from './longest-turn.ts';
import { measured } from './measured.ts';
import { startClock } from './slowest-texts.ts';

/** A longer run: `HOSTILE_TEXTS=2000 HOSTILE_SEED=7`, as for the texts of callers. */
const count = Number(process.env['HOSTILE_TEXTS'] ?? 50);
const seed = Number(process.env['HOSTILE_SEED'] ?? 1);
const mostBody = 114_688;
/** A header section of 64 KiB without the room that the rest of it needs. */
const mostHeader = 64_512;

let gateway: LoginGateway;
before(async () => {
  gateway = await startLoginGateway({
    GATEWAY_REQUEST_MAX_HEADER_LINE_BYTES: '65536',
    GATEWAY_IDENTITY_MAX_TOKEN_BYTES: '65536',
    GATEWAY_TRUSTED_PROXIES: '127.0.0.1',
  });
});
after(() => gateway.stop());

const onOneLine = (text: string): string => text.replace(/[\r\n\0]|[^\0-\xff]/g, 'x');
const posted = (fields: Readonly<Record<string, string>>, text: string): Buffer =>
  bytesOf('POST /v2.0/tokens', { ...fields, Connection: 'close' }, Buffer.from(text).subarray(0, mostBody));
const withField = (line: string, name: string, text: string): Buffer =>
  bytesOf(line, { ...json, Connection: 'close', [name]: onOneLine(text) }, line.startsWith('POST') ? login : '');

/** The places of a login in XML and JSON that hostile texts fill. */
const inElements: readonly Around[] = [
  ['<auth a="b">', '<token id="T"/></auth>'],
  ['<auth><tenantName>', '</tenantName><token id="T"/></auth>'],
  ['', '<auth/>'],
];
const inTags: readonly Around[] = [
  ['<auth ', '><token id="T"/></auth>'],
  ['<auth><passwordCredentials username="a" password="', '"/></auth>'],
  ['<?xml version="1.0" encoding="', '"?><auth/>'],
];
const inObjects: readonly Around[] = [
  ['{"auth":{', '"token":{"id":"T"}}}'],
  ['{"auth":{"passwordCredentials":{"username":"a","password":"', '"}}}'],
  ['{"auth":{"a":1,"a":', ',"token":{"id":"T"}}}'],
];

const fieldsOf: Readonly<Record<string, string>> = {
  'X-Auth-User': 'GET /v1.0',
  'X-Auth-Key': 'GET /v1.1',
  'X-Auth-Token': 'GET /v2.0/tenants',
  Accept: 'POST /v2.0/tokens',
  'Content-Type': 'POST /v2.0/tokens',
  'X-Forwarded-For': 'POST /v2.0/tokens',
};

const kinds: Readonly<Record<string, Kind>> = {
  'XML in elements': {
    vocabulary: { ...xmlContent, frames: inElements },
    most: mostBody,
    write: (text) => posted(xml, text),
  },
  'XML in tags': { vocabulary: { ...xmlTags, frames: inTags }, most: mostBody, write: (text) => posted(xml, text) },
  JSON: { vocabulary: { ...jsonContent, frames: inObjects }, most: mostBody, write: (text) => posted(json, text) },
  paths: {
    vocabulary: targets,
    most: mostHeader,
    write: (text) =>
      bytesOf(`GET /v2.0/tokens/${onOneLine(text).replace(/[ \t]/g, '+')}`, {
        'X-Auth-Token': 'T',
        Connection: 'close',
      }),
  },
  ...Object.fromEntries(
    Object.entries(fieldsOf).map(([name, line]): [string, Kind] => [
      name,
      { vocabulary: headerFields, most: mostHeader, write: (text) => withField(line, name, text) },
    ]),
  ),
};

describe(`no login holds the event loop (seed ${seed}, ${count} texts of each kind)`, () => {
  for (const [name, kind] of Object.entries(kinds)) {
    test(name, async () => assertShort(await turnsOfTexts(gateway.url, kind, createRandom(seed), count)));
  }
});

/** The largest answer by default, filled with one piece. */
function filled(start: string, piece: (n: number) => string, end: string): string {
  const pieces: string[] = [];
  for (let n = 0, length = start.length + end.length; ; n += 1) {
    const next = piece(n);
    length += next.length + 1;
    if (length > 524_288) return start + pieces.join(',') + end;
    pieces.push(next);
  }
}

const [head = '', tail = ''] = v3Answer({ catalog: [...oneRegion, { x: 1 }] })
  .body.toString()
  .split('{"x":1}');
const service = (endpoints: string): string => `{"type":"t","name":"n","endpoints":[${endpoints}`;
const answers: Readonly<Record<string, string>> = {
  'services with one endpoint': filled(
    head,
    (n) => `{"type":"${n}","endpoints":[{"interface":"public","url":""}]}`,
    tail,
  ),
  'regions of one service': filled(
    head + service(''),
    (n) => `{"interface":"public","url":"","region":"${n}"}`,
    `]}${tail}`,
  ),
  'endpoints of one region': filled(head + service(''), () => '{"interface":"public","url":"u"}', `]}${tail}`),
  'services of one type': filled(head, () => '{"type":"t","endpoints":[{"interface":"admin","url":"u"}]}', tail),
  'regions of compute': filled(
    `${head}{"type":"compute","endpoints":[`,
    (n) => `{"interface":"public","url":"u","region":"${n}"}`,
    `]}${tail}`,
  ),
  'regions of identity': filled(
    `${head}{"type":"identity","endpoints":[`,
    (n) => `{"interface":"public","url":"u","region":"${n}"}`,
    `]}${tail}`,
  ),
  roles: filled('{"token":{"user":{"id":"u"},"expires_at":"x","roles":[', (n) => `{"id":"${n}"}`, ']}}'),
  'a name that is escaped': `{"token":{"user":{"id":"u","name":"${'\u00e9'.repeat(250_000)}"},"expires_at":"x"}}`,
  'a URL that is escaped': head + service(`{"interface":"public","url":"${'&'.repeat(500_000)}"}]}`) + tail,
  'numbers in lists': filled(head, () => '[1]', tail),
  'empty values': filled(head, () => '0', tail),
};

describe('no answer of an identity service holds the event loop', () => {
  const requests: Readonly<Record<string, Buffer>> = {
    'in JSON': bytesOf('POST /v2.0/tokens', { ...json, Connection: 'close' }, login),
    'in XML': bytesOf('POST /v2.0/tokens', { ...json, Accept: 'application/xml', Connection: 'close' }, login),
    'in header fields': bytesOf('GET /v1.0', {
      'X-Auth-User': 'a',
      'X-Auth-Key': 'b',
      'X-Auth-Project-Id': 'c',
      Connection: 'close',
    }),
  };
  for (const [form, bytes] of Object.entries(requests)) {
    test(form, async () => {
      const found: Turn[] = [];
      for (const [text, body] of Object.entries(answers)) {
        gateway.service.script({ status: 201, headers: { 'X-Subject-Token': tokenId }, body });
        found.push({ ms: await longestTurn(() => exchangeBytes(gateway.url, bytes)), text });
      }
      assertShort(found);
    });
  }
});

/** The most time that a request of compute may take to be known as such, in nanoseconds. */
const mostNanoseconds = 300;

measured(`a request of compute is known as such within ${mostNanoseconds} ns`, () => {
  const urls = { publicUrl: '', identityUrl: '', computePort: () => 0, replyDefault: 'caller' } as const;
  const recognize = createIdentityApi(undefined, urls, () => Promise.resolve());
  const paths = ['/v2/p/servers/detail?limit=9', '/v1.1/p/servers/s/action', '/v2.1/p/os-keypairs', '/', '/v2/'];
  const exchanges = paths.map(
    (url) =>
      ({ request: { url, headers: {} }, isAtIdentityPort: false, refusedTarget: undefined }) as unknown as Exchange,
  );
  const rounds = 200_000;
  let known = 0;
  const play = (): void => {
    for (let n = 0; n < rounds; n += 1)
      for (const exchange of exchanges) known += recognize(exchange) === undefined ? 1 : 0;
  };
  play();
  const readClock = startClock();
  play();
  const nanoseconds = (readClock() * 1e6) / (rounds * exchanges.length);
  console.log(`# ${nanoseconds.toFixed(0)} ns`);
  assert.equal(known, 2 * rounds * exchanges.length);
  assert.ok(nanoseconds < mostNanoseconds, `${nanoseconds} ns`);
});
