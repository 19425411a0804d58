import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { headerAnswer } from '../../src/identity/answer/header-answer.ts';
import type { Access } from '../../src/identity/messages/access.ts';
import { isHeaderLogin, readHeaderLogin } from '../../src/identity/request/header-login.ts';
import { legacyLimits } from '../../src/identity/request/login-limits.ts';
import { findIdentityRoute } from '../../src/identity/routes.ts';
import type { Deviations } from '../support/deviations.ts';
import { assertAllNeeded } from '../support/deviations.ts';
import { noRecordings, recordings } from '../support/vectors.ts';

/** A login by header fields at the filter of Keystone 2011.3. */
interface RecordedHeaderLogin {
  readonly name: string;
  readonly input: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly v2: {
    readonly request: {
      readonly body: { readonly auth: { readonly passwordCredentials: Readonly<Record<string, string>> } };
    };
    readonly answer: { readonly body: { readonly access: Access } };
  };
  readonly output: { readonly status: number; readonly headers: readonly (readonly [string, string])[] };
}

const recorded = recordings<RecordedHeaderLogin>('identity/header-auth');

const becauseOne = 'no client can read a list of URLs in one field';
const urls: Deviations<string> = Object.fromEntries(
  ['two-endpoints-1.0', 'two-endpoints-1.1']
    .filter((name) => recorded.some((login) => login.name === name))
    .map((name) => [name, { because: becauseOne, instead: 'http://nova-a/v1.1/1' }]),
);

describe('recorded logins by header fields', { skip: noRecordings }, () => {
  for (const { name, input, v2, output } of recorded) {
    test(`the request of ${name}`, () => {
      const headers = Object.fromEntries(
        Object.entries(input.headers).map(([field, value]) => [field.toLowerCase(), value]),
      );
      const route = findIdentityRoute(input.method, input.path, {
        isIdentityPort: false,
        hasKey: isHeaderLogin(headers),
      });
      assert.equal(route?.route.call, 'logInByHeaders');
      const { username, password } = v2.request.body.auth.passwordCredentials;
      const { proof, project } = readHeaderLogin(headers, legacyLimits);
      assert.deepEqual(proof, { kind: 'password', user: { name: username }, password });
      assert.equal(project, undefined);
    });

    test(`the answer of ${name}`, { skip: output.status !== 204 && 'a refusal: only its status counts' }, () => {
      const expected = new Map(output.headers.filter(([field]) => !field.startsWith('Content-')));
      const one = urls[name]?.instead;
      if (one !== undefined) expected.set('X-Server-Management-Url', one);
      assert.deepEqual(new Map(headerAnswer(v2.answer.body.access)), expected);
    });
  }

  test('each deviation is needed', () => {
    const found = recorded.map(
      ({ name, output }) => [name, new Map(output.headers).get('X-Server-Management-Url') ?? ''] as const,
    );
    assert.ok(found.length > 5);
    assertAllNeeded(urls, new Map(found));
  });
});
