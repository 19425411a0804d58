import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import { writeIdentityFault } from '../../src/identity/faults/write-fault.ts';
import { loginRequest, type LoginDomains } from '../../src/identity/request/login.ts';
import { legacyLimits } from '../../src/identity/request/login-limits.ts';
import { readLogin, type LoginRules } from '../../src/identity/request/read-login.ts';
import { noRecordings, recordings } from '../support/vectors.ts';

/** A login that a live Keystone 2014.1 answered. */
interface RecordedLogin {
  readonly name: string;
  readonly tags: readonly string[];
  readonly input: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly body_base64?: string;
  };
  readonly settings: { readonly userDomain: { readonly id: string }; readonly projectDomain: { readonly id: string } };
  readonly output?: { readonly path: string; readonly body: unknown };
  readonly fault?: { readonly status: number; readonly title: string; readonly message?: string };
  readonly recommended?: { readonly output: { readonly body: unknown } };
}

const recorded = recordings<RecordedLogin>('identity/request');
// The recordings are of a Keystone whose limit of a token was 8192.
const rules: LoginRules = { apiKeys: 'refuse', limits: { ...legacyLimits, token: 8192 } };

for (const login of recorded) {
  test(`the recorded login ${login.name}`, () => {
    // A fault beside the request is the answer of the cloud to it.
    if (login.output !== undefined) assert.deepEqual(sent(login, rules), login.output.body);
    else assertRefused(login);
    if (login.recommended !== undefined) {
      assert.deepEqual(sent(login, { ...rules, apiKeys: 'password' }), login.recommended.output.body);
    }
  });
}

test('the recorded logins are read', { skip: noRecordings }, () => {
  assert.ok(recorded.length > 50);
});

function sent(login: RecordedLogin, read: LoginRules): unknown {
  const { userDomain, projectDomain } = login.settings;
  const domains: LoginDomains = { user: userDomain, project: projectDomain, unscoped: 'explicit' };
  const request = loginRequest(readLogin(bodyOf(login), read), domains);
  assert.equal(`${request.method} ${request.path}`, 'POST /v3/auth/tokens');
  return request.body;
}

function assertRefused(login: RecordedLogin): void {
  const { status, title, message } = login.fault ?? assert.fail('neither a request nor a fault');
  assert.throws(
    () => readLogin(bodyOf(login), rules),
    (error) => {
      const fault = Fault.from(error);
      assert.equal(fault.status, status);
      const { error: document } = JSON.parse(writeIdentityFault(fault, 'json').text) as {
        error: Record<string, unknown>;
      };
      assert.equal(document['title'], title);
      if (message !== undefined) assert.equal(document['message'], message);
      return true;
    },
  );
}

function bodyOf({ input }: RecordedLogin): { bytes: Buffer; contentType: string | undefined } {
  const bytes =
    input.body_base64 === undefined ? Buffer.from(input.body ?? '') : Buffer.from(input.body_base64, 'base64');
  return { bytes, contentType: input.headers['Content-Type'] };
}
