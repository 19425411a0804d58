import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { call, type TestAnswer } from '../support/http.ts';
import type { Scripted } from '../support/scripted-cloud.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import { readIdentityFault } from './identity-faults.ts';
import { accepting, loginGateways } from './login-gateway.ts';

type Domain = { readonly id: string } | { readonly name: string };

/** A login that a live Keystone 2014.1 answered, and what a live Keystone 22 answered to the request of v3 for it. */
interface RecordedLogin {
  readonly name: string;
  readonly input: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly body_base64?: string;
  };
  readonly settings: { readonly userDomain: Domain; readonly projectDomain?: Domain };
  readonly output?: V3Request;
  readonly modern?: { readonly status: number; readonly body?: unknown };
  readonly fault?: { readonly status: number; readonly title: string; readonly message?: string };
  readonly recommended?: { readonly output: Pick<V3Request, 'body'> };
}

interface V3Request {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

const recorded = recordings<RecordedLogin>('identity/request');
const gatewayWith = loginGateways();

/*
 * Send each recorded login over a socket, and compare what the identity service receives: one request with the recorded body,
 * or none, and no credentials of the caller besides.
 */
describe('recorded logins through the gateway', { skip: noRecordings }, () => {
  test('there are some', () => {
    assert.ok(recorded.length > 50);
  });

  for (const login of recorded) {
    test(login.name, async () => {
      const { answer, requests } = await sent(login, settingsOf(login), answerFor(login));
      assert.deepEqual(requests, login.output === undefined ? [] : [requestOf(login.output)]);
      if (login.fault === undefined) assert.equal(answer.status, 200);
      else assertFault(answer, login.fault);
    });
  }

  for (const login of recorded.filter(({ recommended }) => recommended !== undefined)) {
    test(`${login.name}, where keys are passwords`, async () => {
      const settings = { ...settingsOf(login), GATEWAY_IDENTITY_API_KEYS: 'password' };
      const { answer, requests } = await sent(login, settings, accepting());
      const body = login.recommended?.output.body;
      assert.deepEqual(requests, [{ method: 'POST', path: '/v3/auth/tokens', body }]);
      assert.equal(answer.status, 200);
    });
  }
});

async function sent(
  { input }: RecordedLogin,
  settings: Readonly<Record<string, string>>,
  scripted: Scripted,
): Promise<{ readonly answer: TestAnswer; readonly requests: readonly V3Request[] }> {
  const { service, url } = await gatewayWith(settings);
  service.script(scripted);
  const before = service.received.length;
  const body = input.body_base64 === undefined ? input.body : Buffer.from(input.body_base64, 'base64');
  const answer = await call(url, { ...input, ...(body !== undefined && { body }) });
  const received = service.received.slice(before);
  for (const { headers } of received) {
    assert.equal(headers['content-type'], 'application/json');
    for (const name of ['x-auth-token', 'x-subject-token', 'x-auth-key', 'authorization', 'cookie'])
      assert.equal(headers[name], undefined);
  }
  const requests = received.map(({ method, path, body: bytes }) => ({
    method,
    path,
    body: JSON.parse(String(bytes)) as unknown,
  }));
  return { answer, requests };
}

/** The recordings are of a Keystone whose limit of a token was 8192. */
function settingsOf({ settings: { userDomain, projectDomain } }: RecordedLogin): Readonly<Record<string, string>> {
  return {
    GATEWAY_IDENTITY_USER_DOMAIN: domainText(userDomain),
    GATEWAY_IDENTITY_PROJECT_DOMAIN: projectDomain === undefined ? 'none' : domainText(projectDomain),
    GATEWAY_IDENTITY_MAX_TOKEN_BYTES: '8192',
  };
}

function domainText(domain: Domain): string {
  return 'id' in domain ? `id:${domain.id}` : `name:${domain.name}`;
}

function answerFor({ modern }: RecordedLogin): Scripted {
  if (modern === undefined || modern.status === 201) return accepting();
  return {
    status: modern.status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(modern.body ?? {}),
  };
}

function requestOf({ method, path, body }: V3Request): V3Request {
  return { method, path, body };
}

function assertFault(answer: TestAnswer, { status, title, message }: NonNullable<RecordedLogin['fault']>): void {
  const fault = readIdentityFault(answer);
  assert.deepEqual(
    { status: answer.status, code: fault.code, title: fault.title },
    { status, code: String(status), title },
  );
  if (message !== undefined) assert.equal(fault.message, message);
}
