import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { oneRegion, tokenId, v3Answer } from '../identity/fixtures.ts';
import { call } from '../support/http.ts';
import { refusingUrl, type Step } from '../support/raw-cloud.ts';
import { startLoginGateway } from './login-gateway.ts';
import { identityCalls, logins } from './login-requests.ts';
import {
  accepted,
  answer,
  assertTold,
  close,
  html,
  page,
  read,
  token,
  whole,
  withRawService,
  write,
} from './raw-service.ts';

/** An accepted login whose body is changed. */
const changed = (from: RegExp, to: string): Step[] => answer(201, accepted.toString().replace(from, to));
/** Make a catalogue of a size, with services that are as short as can be. */
function catalogueOf(bytes: number): Buffer {
  const short = { type: '', endpoints: [{ interface: 'public', url: '' }] };
  const count = Math.ceil(bytes / (JSON.stringify(short).length + 5));
  return v3Answer({ catalog: [...oneRegion, ...Array.from({ length: count }, (_, n) => ({ ...short, type: `${n}` }))] })
    .body;
}

/** The status of a login in front of each service, and its words where it is not that of an answer that is none of v3. */
const broken: Readonly<Record<string, readonly [number, readonly Step[]]>> = {
  'closes each connection at once': [504, [close]],
  'closes after the head of the request': [504, [{ kind: 'read-head' }, close]],
  'resets after the request': [504, [read, { kind: 'turns' }, { kind: 'reset' }]],
  'breaks off in the status line': [504, [read, write('HTTP/1.1 2'), close]],
  'breaks off in the header section': [504, [read, write(whole.subarray(0, 60)), close]],
  'breaks off in the body': [502, [read, write(whole.subarray(0, 400)), close]],
  'breaks off before the last byte': [502, [read, write(whole.subarray(0, -1)), close]],
  'speaks another protocol': [502, [read, write('SSH-2.0-OpenSSH_9.2\r\n'), close]],
  'switches the protocol': [502, [read, write('HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'), close]],
  'answers 999': [502, answer(999, '{}')],
  'answers 200 with a page': [502, answer(200, page, html)],
  'answers 201 with a page': [502, answer(201, page, { ...html, ...token })],
  'answers 404 with a page': [502, answer(404, page, html)],
  'answers 405': [502, answer(405, page, html)],
  'answers 409': [502, answer(409, '{"error": {}}')],
  'answers 204': [502, [read, write(`HTTP/1.1 204 N\r\nX-Subject-Token: ${tokenId}\r\n\r\n`), close]],
  'answers 201 without a token': [502, answer(201, accepted, {})],
  'answers with an empty token': [502, answer(201, accepted, { 'X-Subject-Token': '' })],
  'answers with a token of two words': [502, answer(201, accepted, { 'X-Subject-Token': 'a b' })],
  'answers with a token that is not ASCII': [502, answer(201, accepted, { 'X-Subject-Token': 'caf\u00e9' })],
  'answers with two tokens': [
    502,
    [read, write(whole.toString('latin1').replace(/(X-Subject-Token: )/, '$1other\r\n$1')), close],
  ],
  'answers with a token of 60 KB': [502, answer(201, accepted, { 'X-Subject-Token': 'a'.repeat(61_440) })],
  'answers with a token over the limit': [502, answer(201, accepted, { 'X-Subject-Token': 'a'.repeat(16_385) })],
  'answers without a body': [502, answer(201, '')],
  'answers with half of a document': [502, answer(201, accepted.subarray(0, -1))],
  'answers with a list': [502, answer(201, '[]')],
  'answers with null': [502, answer(201, 'null')],
  'answers in UTF-16': [502, answer(201, Buffer.from(accepted.toString(), 'utf16le'))],
  'answers with arrays in arrays': [502, answer(201, `{"token": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
  'answers with objects in objects': [502, answer(201, `{"token": ${'{"a":'.repeat(50_000)}1${'}'.repeat(50_001)}`)],
  'answers with members of other types': [502, answer(201, '{"token": {"user": {"id": 1}, "expires_at": {}}}')],
  'answers with a project that breaks a header field': [502, changed(/"7459[^"]*"/g, '"a\\r\\nX-Evil: 1"')],
  'answers with a project that leads elsewhere': [502, changed(/"7459[^"]*"/g, '"../../v3"')],
  'answers with a catalogue of 16 MB': [502, answer(201, catalogueOf(16_777_216))],
  'answers with a body that unpacks to 200 MB': [
    502,
    answer(201, gzipSync(Buffer.alloc(200_000_000, 32)), { ...token, 'Content-Encoding': 'gzip' }),
  ],
  'answers 300': [502, answer(300, '{}')],
};

const raw = withRawService();

// Guards: readToken and notIdentityV3 in src/identity, sendWhole, and the limits of the identity settings.
describe('a login in front of an identity service that', () => {
  for (const [what, [status, script]] of Object.entries(broken)) {
    test(what, async () => {
      for (const name of logins) {
        const { given, requests } = await raw.ask(name, script);
        assertTold(given, status);
        // The start line of a connection that was closed at once may not have arrived.
        assert.ok(requests.length <= 1, `${requests.length} requests`);
      }
    });
  }

  test('is not there: nothing is sent', async () => {
    const alone = await startLoginGateway({ GATEWAY_IDENTITY_URL: refusingUrl });
    try {
      for (const request of Object.values(identityCalls)) assertTold(await call(alone.url, request), 503);
    } finally {
      await alone.stop();
    }
  });

  test('is silent, at once or in the middle of its answer', async () => {
    const impatient = await startLoginGateway({
      GATEWAY_IDENTITY_URL: raw.service.url,
      GATEWAY_IDENTITY_TIMEOUT_MS: '400',
    });
    try {
      for (const bytes of ['', whole.subarray(0, 60), whole.subarray(0, 400)]) {
        raw.service.script([read, write(bytes), { kind: 'silent' }]);
        const known = raw.service.requests().length;
        const calls = Object.values(identityCalls);
        const answers = await Promise.all(calls.map((request) => call(impatient.url, request)));
        for (const given of answers) assertTold(given, 504);
        assert.equal(raw.service.requests().length - known, calls.length);
      }
    } finally {
      await impatient.stop();
    }
  });
});

describe('what is not broken is accepted', () => {
  const sound: Readonly<Record<string, readonly Step[]>> = {
    'interim answers': [read, write('HTTP/1.1 100 C\r\n\r\nHTTP/1.1 103 E\r\n\r\n'), write(whole), close],
    'gzip, though it was not asked for': answer(201, gzipSync(accepted), { ...token, 'Content-Encoding': 'gzip' }),
    'a member __proto__': changed(/"methods"/, '"__proto__": {"id": 1}, "methods"'),
    'names that XML cannot hold': changed(/"demo"/g, '"\\u0000\\u001b[31m\\ud800\\ufffe\\u202e<&>"'),
    'a token of 14 KB': answer(201, accepted, { 'X-Subject-Token': 'a'.repeat(14_336) }),
    'a catalogue of 400 KB': answer(201, catalogueOf(400_000)),
  };
  for (const [what, script] of Object.entries(sound)) {
    test(what, async () => {
      for (const name of logins) {
        const { given, requests } = await raw.ask(name, script);
        assert.equal(given.status, name.includes('header') ? 204 : 200);
        assert.equal(requests.length, 1);
        // Many clients read at most 16 KiB of a header section; a token may use them up.
        const fields = JSON.stringify({ ...given.headers, 'x-auth-token': '' });
        assert.ok(fields.length < 8192, `${fields.length} bytes of header fields`);
      }
    });
  }

  test('a token of 60 KB, where the settings allow it', async () => {
    const long = await startLoginGateway({
      GATEWAY_IDENTITY_URL: raw.service.url,
      GATEWAY_IDENTITY_MAX_TOKEN_BYTES: '65536',
    });
    try {
      raw.service.script(answer(201, accepted, { 'X-Subject-Token': 'a'.repeat(61_440) }));
      const { status, body } = await call(long.url, identityCalls['a login in JSON'] ?? assert.fail());
      assert.equal(status, 200);
      assert.ok(body.includes(`"id": "${'a'.repeat(61_440)}"`));
    } finally {
      await long.stop();
    }
  });
});
