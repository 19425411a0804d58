import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import { cloudIdentityFault, type RefusedCall } from '../../src/identity/faults/cloud-faults.ts';
import { loginIsOff, refusedLogin, tooManyLogins } from '../../src/identity/faults/refusals.ts';
import { identityHeaders, writeIdentityFault } from '../../src/identity/faults/write-fault.ts';
import { answerOf } from './fixtures.ts';

const logIn: RefusedCall = { call: 'logIn' };
const quoting = { error: { message: "'passwordcanary' is not of type 'string'", code: 400, title: 'Bad Request' } };

function fault(status: number, body: unknown = quoting, refused: RefusedCall = logIn): Fault {
  return cloudIdentityFault(answerOf(status, body), refused);
}

test('each status of the cloud has one status for the caller, and never its text', () => {
  const expected: Readonly<Record<number, number>> = {
    400: 400,
    401: 401,
    403: 403,
    404: 401,
    405: 502,
    409: 502,
    413: 413,
    429: 429,
    500: 500,
    501: 502,
    502: 502,
    503: 503,
    301: 502,
    302: 502,
    204: 502,
  };
  for (const [status, caller] of Object.entries(expected)) {
    const found = fault(Number(status));
    assert.equal(found.status, caller, status);
    for (const format of ['json', 'xml'] as const)
      assert.doesNotMatch(writeIdentityFault(found, format).text, /canary|is not of type/);
  }
});

test('the reason of a fault tells a refusal of the cloud from a failure and from another service', () => {
  const reasons = [401, 403, 404, 429, 500, 503, 302].map((status) => fault(status).reason);
  assert.deepEqual(reasons, [
    ...Array.from({ length: 4 }, () => 'cloud-refusal'),
    'cloud-error',
    'cloud-error',
    'cloud-nonsense',
  ]);
});

test('a 404 that is no fault of v3 comes from another service', () => {
  for (const body of ['<html>', { message: 'x' }, null]) assert.equal(fault(404, body).status, 502);
});

test('an unknown token is 404 for the calls on tokens', () => {
  for (const call of ['validateToken', 'checkToken', 'revokeToken', 'listTokenEndpoints'] as const) {
    assert.equal(fault(404, quoting, { call }).status, 404);
  }
  assert.equal(fault(404, quoting, { call: 'listTenants' }).status, 401);
});

test('a null password, whose type v3 refuses, is a wrong password', () => {
  assert.equal(fault(400, quoting, { call: 'logIn', isBlank: true }).status, 401);
});

const retryAfter = (value: string): string | undefined =>
  cloudIdentityFault(answerOf(429, {}, { 'retry-after': value }), logIn).retryAfter;

test('Retry-After of the cloud is passed on if it is valid', () => {
  assert.deepEqual([retryAfter('7'), retryAfter('soon')], ['7', undefined]);
});

test('the document of a fault is that of legacy Keystone', () => {
  assert.equal(
    writeIdentityFault(refusedLogin(), 'json').text,
    '{"error": {"message": "The request you have made requires authentication.", "code": 401, "title": "Unauthorized"}}',
  );
  assert.equal(
    writeIdentityFault(new Fault(404, 'Could not find, "é".', { reason: 'identity-path' }), 'xml').text,
    '<?xml version="1.0" encoding="UTF-8"?>\n<error xmlns="http://docs.openstack.org/identity/api/v2.0" ' +
      'message="Could not find, &quot;&#233;&quot;." code="404" title="Not Found"/>\n',
  );
});

const messageOf = (given: Fault): string =>
  (JSON.parse(writeIdentityFault(given, 'json').text) as { error: { message: string } }).error.message;

test('faults of the whole gateway have the words of this API', () => {
  assert.equal(messageOf(new Fault(413, undefined, { reason: 'body-too-large' })), 'Request is too large.');
  assert.equal(
    messageOf(Fault.from(new TypeError('canary'))),
    'An unexpected error prevented the server from fulfilling your request.',
  );
  assert.equal(messageOf(Fault.busy('is full')), 'The gateway is full. Nothing was sent to the cloud.');
});

test('without an identity service every call is 404', () => {
  const { status, reason } = loginIsOff();
  assert.deepEqual([status, reason], [404, 'identity-path']);
});

test('no answer may be kept, and a 401 names the gateway', () => {
  const root = 'http://gateway:5000';
  assert.deepEqual(identityHeaders(root), { Vary: 'X-Auth-Token', 'Cache-Control': 'no-store' });
  assert.equal(identityHeaders(root, refusedLogin())['WWW-Authenticate'], `Keystone uri="${root}"`);
  assert.equal(identityHeaders(root, tooManyLogins(60))['Retry-After'], '60');
});
