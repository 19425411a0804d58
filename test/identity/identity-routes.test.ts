import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerFormat, type FormatWish } from '../../src/identity/request/answer-format.ts';
import {
  findIdentityRoute,
  identityRoutes,
  isIdentityPath,
  type RouteSurroundings,
} from '../../src/identity/routes.ts';

const compute: RouteSurroundings = { isIdentityPort: false, hasKey: false };

function call(method: string, path: string, around: Partial<RouteSurroundings> = {}): string | undefined {
  return findIdentityRoute(method, path, { ...compute, ...around })?.route.call;
}

test('each route is found by its own path', () => {
  assert.ok(identityRoutes.length > 40);
  for (const { method, path, call: name, isOnIdentityPort = false, needsKey = false } of identityRoutes) {
    const given = path.replaceAll(/\{\w+\}/g, 'x');
    const around = { isIdentityPort: isOnIdentityPort, hasKey: needsKey };
    assert.equal(call(method === 'ANY' ? 'GET' : method, given, around), name, `${method} ${path}`);
  }
});

test('slashes may be doubled or trail, and names keep their case', () => {
  for (const path of ['/v2.0/tokens', '/v2.0/tokens/', '//v2.0//tokens', '/v2.0/tokens.xml', '/v2.0/tokens.json/']) {
    assert.equal(call('POST', path), 'logIn', path);
  }
  for (const path of ['/v2.0/Tokens', '/tokens', '/v2/tokens', '/v2.0/tokens.html', '/v2.0/tokens/.xml']) {
    assert.equal(call('POST', path), undefined, path);
  }
});

test('a suffix is one on lists only: a token may end in it', () => {
  const found = findIdentityRoute('GET', '/v2.0/tokens/abc.xml', compute);
  assert.deepEqual([found?.segments, found?.suffix], [{ token: 'abc.xml' }, undefined]);
  assert.equal(findIdentityRoute('GET', '/v2.0/tenants.xml', compute)?.suffix, 'xml');
});

test('a segment is decoded once; a broken escape is no path of this API', () => {
  assert.equal(findIdentityRoute('GET', '/v2.0/tokens/a%2Fb%2525', compute)?.segments['token'], 'a/b%25');
  assert.equal(call('GET', '/v2.0/tokens/%zz'), undefined);
});

test('the root is one of identity only on its own port', () => {
  assert.equal(call('GET', '/'), undefined);
  assert.equal(call('HEAD', '/', { isIdentityPort: true }), 'showIdentityVersions');
});

test('a version of compute is a login only with a key', () => {
  for (const path of ['/v1.0', '/v1.1', '/v1.1/']) {
    assert.equal(call('GET', path), undefined);
    assert.equal(call('GET', path, { hasKey: true }), 'logInByHeaders');
  }
  assert.equal(call('GET', '/v1.1/servers', { hasKey: true }), undefined);
});

test('v3 is forwarded, and unknown calls of v2.0 are known as such', () => {
  assert.equal(call('POST', '/v3/auth/tokens'), 'forward');
  assert.equal(call('GET', '/v2.0/nope'), undefined);
  assert.deepEqual(
    ['/v2.0/nope', '//v2.0', '/v2/x', '/', '/v2.0x'].map((path) => isIdentityPath(path, false)),
    [true, true, false, false, false],
  );
});

test('the format of an answer is that of the suffix, then of Accept, then of the request', () => {
  const wish: FormatWish = { suffix: undefined, accept: undefined, contentType: 'application/xml', fallback: 'json' };
  const byAccept = (accept: string, more: Partial<FormatWish> = {}): string =>
    answerFormat({ ...wish, accept, ...more });
  const xml = [
    'application/xml',
    'APPLICATION/XML',
    'application/json, application/xml',
    'application/xml;q=0',
    'application/json;q=0.5, application/xml;q=0.9',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    '"application/xml"',
  ];
  for (const accept of xml) assert.equal(byAccept(accept), 'xml', accept);
  const json = ['application/json, application/xml;q=0.9', '*/*', 'text/xml', 'application/atom+xml', 'garbage', ''];
  for (const accept of json) assert.equal(byAccept(accept), 'json', accept);
  assert.equal(byAccept('application/json', { suffix: 'xml' }), 'xml');
  assert.equal(byAccept('application/xml', { suffix: 'json' }), 'json');
  const caller = { fallback: 'caller' } as const;
  assert.deepEqual(
    [answerFormat({ ...wish, ...caller }), byAccept('*/*', caller), byAccept('text/xml', caller)],
    ['xml', 'xml', 'json'],
  );
  assert.equal(answerFormat({ ...wish, ...caller, contentType: 'application/json' }), 'json');
});
