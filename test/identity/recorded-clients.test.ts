import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerFormat } from '../../src/identity/request/answer-format.ts';
import { isHeaderLogin, readHeaderLogin } from '../../src/identity/request/header-login.ts';
import { loginRequest, type Login } from '../../src/identity/request/login.ts';
import { readCredentials, readLogin } from '../../src/identity/request/read-login.ts';
import type { IdentityCall } from '../../src/identity/messages/identity-call.ts';
import { findIdentityRoute } from '../../src/identity/routes.ts';
import { noRecordings, recordedFile } from '../support/vectors.ts';
import { keystoneRules } from './fixtures.ts';

/** A login of a real client. */
interface RecordedClient {
  readonly file: string;
  readonly call: string;
}

/** The parts of a request that the translation of a login uses. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const manifest: readonly RecordedClient[] =
  noRecordings === false
    ? (JSON.parse(recordedFile('requests/login/manifest.json').toString()) as RecordedClient[])
    : [];
const rules = { ...keystoneRules, apiKeys: 'password' } as const;

/** The readers of the calls that are logins. */
const readers: Readonly<Partial<Record<IdentityCall, (sent: Sent) => Login>>> = {
  logIn: ({ headers, body }) => readLogin({ bytes: body, contentType: headers['content-type'] }, rules),
  logInByCredentials: ({ headers, body }) =>
    readCredentials({ bytes: body, contentType: headers['content-type'] }, rules.limits),
  logInByHeaders: ({ headers }) => readHeaderLogin(headers, rules.limits),
};

describe('logins of real clients', { skip: noRecordings }, () => {
  for (const { file } of manifest) {
    test(file, () => {
      const sent = parse(recordedFile(`requests/login/${file}`));
      const { headers } = sent;
      const found = findIdentityRoute(sent.method, sent.path, { isIdentityPort: true, hasKey: isHeaderLogin(headers) });
      assert.ok(found !== undefined, `${sent.method} ${sent.path}`);
      if (found.route.call === 'listTenants') return;
      const login = readers[found.route.call]?.(sent) ?? assert.fail(found.route.call);
      const request = loginRequest(login, {
        user: { id: 'default' },
        project: { id: 'default' },
        unscoped: 'explicit',
      });
      assert.equal(request.path, '/v3/auth/tokens');
      // Nothing of the request but its names and secrets reaches the cloud.
      const { auth } = request.body as { auth: { identity: object; scope: unknown } };
      assert.deepEqual(Object.keys(auth), ['identity', 'scope']);
      assert.ok(login.proof.kind === 'token' ? login.proof.id !== '' : login.proof.password !== '');
      const format = answerFormat({
        suffix: found.suffix,
        accept: headers['accept'],
        contentType: headers['content-type'],
        fallback: 'json',
      });
      assert.equal(format, /xml/.test(headers['accept'] ?? '') ? 'xml' : 'json');
    });
  }

  test('there are some', () => {
    assert.ok(manifest.length > 15);
  });
});

function parse(request: Buffer): Sent {
  const text = request.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...fields] = text.slice(0, end).split('\r\n');
  const [method = '', path = ''] = start.split(' ');
  const headers = fields.map((field) => /^([^:]+):\s*(.*)$/.exec(field) ?? assert.fail(field));
  return {
    method,
    path,
    headers: Object.fromEntries(headers.map(([, name = '', value = '']) => [name.toLowerCase(), value])),
    body: request.subarray(end + 4),
  };
}
