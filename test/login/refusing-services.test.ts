import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { call } from '../support/http.ts';
import { httpAnswer, type Step } from '../support/raw-cloud.ts';
import { startScriptedCloud, type ScriptedCloud } from '../support/scripted-cloud.ts';
import { identityCalls, logins, password } from './login-requests.ts';
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

const raw = withRawService();

describe('no redirect is followed', () => {
  let elsewhere: ScriptedCloud;
  before(async () => {
    elsewhere = await startScriptedCloud({ status: 201, headers: token, body: accepted });
  });
  after(() => elsewhere.stop());
  for (const status of [300, 301, 302, 303, 305, 307, 308]) {
    test(`${status}`, async () => {
      for (const location of [`${elsewhere.url}/v3/auth/tokens`, `${raw.service.url}/other`]) {
        for (const name of Object.keys(identityCalls)) {
          const { given, requests } = await raw.ask(name, answer(status, '', { Location: location }));
          assertTold(given, 502);
          assert.equal(given.headers['location'], undefined);
          assert.equal(requests.length, 1);
        }
      }
      assert.deepEqual(elsewhere.received, []);
    });
  }
});

describe('the refusals of the service', () => {
  const refusals: Readonly<Record<string, readonly [number, Step[], retryAfter?: string]>> = {
    '401 with a receipt': [401, answer(401, `{"receipt": "${password}"}`, { 'Openstack-Auth-Receipt': password })],
    '400 that quotes the request': [
      400,
      answer(400, `{"error": {"message": "On instance: '${password}'", "code": 400}}`),
    ],
    '403 that quotes the request': [403, answer(403, `{"error": {"message": "${password}", "title": "${password}"}}`)],
    '413': [413, answer(413, page, html)],
    '500 with a page': [500, answer(500, page, html)],
    '429 with Retry-After': [429, answer(429, '{}', { 'Retry-After': '7' }), '7'],
    '503 with Retry-After': [503, answer(503, '{}', { 'Retry-After': '120' }), '120'],
    '503 with words in Retry-After': [503, answer(503, '{}', { 'Retry-After': password })],
    '503 with a Retry-After of ages': [503, answer(503, '{}', { 'Retry-After': '9'.repeat(30) })],
  };
  for (const [what, [status, script, retryAfter]] of Object.entries(refusals)) {
    test(what, async () => {
      for (const name of Object.keys(identityCalls)) {
        const { given, requests } = await raw.ask(name, script);
        assertTold(given, status);
        assert.equal(given.headers['retry-after'], retryAfter);
        assert.equal(given.headers['openstack-auth-receipt'], undefined);
        assert.equal(requests.length, 1);
      }
    });
  }
});

/** Close an idle connection when the next request has arrived, as a server does whose timeout ends just then. */
const closing = (then: Step): Step[] => [read, write(whole), read, then];

describe('a login is never sent again', () => {
  for (const [how, then] of Object.entries({ closes: close, resets: { kind: 'reset' } } as const)) {
    test(`where the service ${how} an idle connection just as the login is written`, async () => {
      for (const name of logins) {
        raw.service.script(closing(then), answer(201, accepted));
        const known = raw.service.requests().length;
        const request = identityCalls[name] ?? assert.fail(name);
        const first = await call(raw.gateway.url, request);
        assert.ok([200, 204].includes(first.status));
        assertTold(await call(raw.gateway.url, request), 504);
        assert.deepEqual(raw.service.requests().slice(known), ['POST /v3/auth/tokens', 'POST /v3/auth/tokens']);
      }
    });
  }

  test('a list of tenants, which changes nothing, is sent again once', async () => {
    raw.service.script(
      [read, write(httpAnswer(200, '{"projects": []}')), read, close],
      answer(200, '{"projects": []}'),
    );
    const known = raw.service.requests().length;
    for (const expected of [200, 200]) {
      const { status } = await call(raw.gateway.url, identityCalls['a list of tenants'] ?? assert.fail());
      assert.equal(status, expected);
    }
    assert.equal(raw.service.requests().length - known, 3);
  });
});

test('the service gets the credentials of one request, and no other field of the caller', async () => {
  const secret = { Authorization: password, Cookie: password, 'X-Auth-Token': password, 'X-Service-Token': password };
  raw.service.script(answer(201, accepted));
  const known = raw.service.connections.length;
  const { path, headers, body } = identityCalls['a login in XML'] ?? assert.fail();
  await call(raw.gateway.url, { path, headers: { ...headers, ...secret }, ...(body !== undefined && { body }) });
  const bytes = raw.service.connections
    .slice(known)
    .map((connection) => connection.bytes().toString())
    .join('');
  assert.equal(bytes.split(password).length - 1, 1);
  assert.ok(bytes.includes(`"password":"${password}"`));
});
