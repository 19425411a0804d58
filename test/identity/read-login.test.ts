import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMalformed } from '../../src/identity/messages/expecting.ts';
import { isBlankLogin, loginRequest, type LoginDomains } from '../../src/identity/request/login.ts';
import {
  readCredentials,
  readLogin,
  readPasswordChange,
  type LoginRules,
} from '../../src/identity/request/read-login.ts';
import { keystoneRules } from './fixtures.ts';

const json = 'application/json';
const xml = 'application/xml';
const keystone: LoginDomains = { user: { id: 'default' }, project: { id: 'default' }, unscoped: 'explicit' };
const keys: LoginRules = { ...keystoneRules, apiKeys: 'password' };
const password = { username: 'demo', password: 'secret' };
const demo = { name: 'demo', domain: { id: 'default' }, password: 'secret' };

interface SentAuth {
  readonly identity: { readonly methods: readonly string[]; readonly password?: { readonly user: unknown } };
  readonly scope?: unknown;
}

function read(text: string, type: string = json, rules: LoginRules = keystoneRules): ReturnType<typeof readLogin> {
  return readLogin({ bytes: Buffer.from(text), contentType: type }, rules);
}

function sent(auth: unknown, rules?: LoginRules, domains: LoginDomains = keystone): SentAuth {
  return (loginRequest(read(JSON.stringify({ auth }), json, rules), domains).body as { auth: SentAuth }).auth;
}

function refused(act: () => unknown, message: RegExp | string, status = 400): void {
  assert.throws(act, (error) => {
    assert.ok(error instanceof Error && 'status' in error);
    assert.equal(error.status, status);
    if (typeof message === 'string') assert.equal(error.message, `Expecting to find ${message}. ${isMalformed}`);
    else assert.match(error.message, message);
    return true;
  });
}

test('a token overrides a password beside it, even a malformed one', () => {
  const token = { id: 'T' };
  assert.deepEqual(sent({ token, passwordCredentials: { username: 1 } }).identity, { methods: ['token'], token });
});

test('no user and no project is sent with an id and a name', () => {
  const both = sent({ tenantName: 'a', tenantId: 'b', passwordCredentials: { ...password, userId: 'c' } });
  assert.deepEqual(both.identity.password?.user, demo);
  assert.deepEqual(both.scope, { project: { name: 'a', domain: { id: 'default' } } });
  assert.deepEqual(sent({ tenantId: 'b', passwordCredentials: password }).scope, { project: { id: 'b' } });
});

test('the settings choose the domains and the word for no project', () => {
  const huawei: LoginDomains = { user: { name: 'ACCOUNT' }, project: 'none', unscoped: 'omit' };
  const user = { name: 'demo', domain: { name: 'ACCOUNT' }, password: 'secret' };
  const scoped = sent({ tenantName: 'eu-de', passwordCredentials: password }, keystoneRules, huawei);
  assert.deepEqual(scoped, {
    identity: { methods: ['password'], password: { user } },
    scope: { project: { name: 'eu-de' } },
  });
  assert.ok(!('scope' in sent({ passwordCredentials: password }, keystoneRules, huawei)));
  assert.equal(sent({ passwordCredentials: password }).scope, 'unscoped');
});

test('a trust counts beside a token and a tenant only', () => {
  const trusted = { trust_id: 'X', tenantId: 'b' };
  assert.deepEqual(sent({ ...trusted, token: { id: 'T' } }).scope, { 'OS-TRUST:trust': { id: 'X' } });
  assert.deepEqual(sent({ ...trusted, passwordCredentials: password }).scope, { project: { id: 'b' } });
  assert.deepEqual(sent({ tenantId: 'b', trust_id: '', token: { id: 'T' } }).scope, { project: { id: 'b' } });
  refused(() => sent({ trust_id: 'X', token: { id: 'T' } }), /^You are not authorized/, 403);
});

const isIdFirst = (auth: object): boolean => read(JSON.stringify({ auth }), json, keys).isIdFirst;

test('keys are passwords only where the setting says so', () => {
  const rackspace = { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo', apiKey: 'secret' } };
  const hp = { apiAccessKeyCredentials: { accessKey: 'demo', secretKey: 'secret' } };
  for (const credentials of [rackspace, hp]) {
    assert.deepEqual(sent(credentials, keys).identity.password?.user, demo);
    refused(() => sent(credentials), 'passwordCredentials in auth');
  }
  assert.deepEqual([isIdFirst(hp), isIdFirst(rackspace)], [true, false]);
  refused(() => sent({ apiAccessKeyCredentials: { accessKey: 'demo' } }, keys), 'secretKey in apiAccessKeyCredentials');
});

test('a request lacks its members in the order of legacy Keystone', () => {
  for (const body of ['', '{}', '[]', 'null', '0', '"x"', '{"auth": null}', '{"auths": {}}']) {
    refused(() => read(body), 'auth in request body');
  }
  refused(() => read('{"auth": {}, "extra": 1}'), 'nothing but auth in request body');
  assert.deepEqual(read('{"auth": {"token": {"id": "T"}}, "_x": 1, "self": 2, "context": 3}').proof, {
    kind: 'token',
    id: 'T',
  });
  for (const auth of ['{}', '[]', '""', '"x"', '{"tenantName": "demo"}']) {
    refused(() => read(`{"auth": ${auth}}`), 'passwordCredentials in auth');
  }
  refused(() => sent({ token: {} }), 'id in token');
  refused(() => sent({ passwordCredentials: { username: 'demo' } }), 'password in passwordCredentials');
  for (const credentials of [{}, { user_id: 'x' }, { username: '' }, { username: null, userId: '' }]) {
    refused(
      () => sent({ passwordCredentials: { ...credentials, password: 'x' } }),
      'username or userId in passwordCredentials',
    );
  }
});

test('a member of a wrong kind is refused with its path, and without its value', () => {
  for (const wrong of [12_345, true, ['secret'], { secret: 1 }]) {
    refused(
      () => sent({ passwordCredentials: { ...password, password: wrong } }),
      /^auth\.passwordCredentials\.password must be a string\. The server /,
    );
    refused(() => sent({ tenantName: wrong, passwordCredentials: password }), /^auth\.tenantName must be a string\. /);
    refused(() => sent({ token: { id: wrong } }), /^auth\.token\.id must be a string\. /);
  }
});

const long = (length: number): string => '\u{1F600}'.repeat(length);

test('a text longer than its limit is refused; characters are counted, not code units', () => {
  assert.equal(
    read(JSON.stringify({ auth: { tenantName: long(64), passwordCredentials: password } })).form,
    'password',
  );
  refused(
    () => sent({ tenantName: long(65), passwordCredentials: password }),
    /^Request attribute tenantName must be less than or equal to 64\. /,
  );
  refused(
    () => sent({ token: { id: 'a'.repeat(16_385) } }),
    /^Request attribute token must be less than or equal to 16384\. /,
  );
  assert.equal(read(JSON.stringify({ auth: { token: { id: 'a'.repeat(16_384) } } })).form, 'token');
});

const twice = (a: string, b: string): string =>
  `{"auth": {"passwordCredentials": {"username": "demo", "password": ${a}, "password": ${b}}}}`;

test('a login that can be read in two ways is refused', () => {
  refused(() => read(twice('"wrong"', '"secret"')), 'one value of password in request body');
  assert.deepEqual(read(twice('"secret"', ' "secret"')).proof, read(twice('"secret"', '"secret"')).proof);
  refused(
    () => read('{"auth": {"token": {"id": "a"}}, "auth": {"token": {"id": "b"}}}'),
    'one value of auth in request body',
  );
  refused(() => read('<auth><token id="a"/><token id="b"/></auth>', xml), 'one token in request body');
  refused(() => read('<auth xmlns:a="urn:a" a:tenantName="x" tenantName="y"/>', xml), 'valid XML in request body');
  assert.deepEqual(read('<auth><token id="a"/><token id="a"/></auth>', xml).proof, { kind: 'token', id: 'a' });
});

test('XML is read by the rules of legacy Keystone', () => {
  const inner = '<passwordCredentials username="demo" password="secret"/>';
  const projectOf = (text: string): unknown => read(text, xml).project;
  assert.deepEqual(projectOf(`<auth><tenantName> demo </tenantName>${inner}</auth>`), { name: 'demo' });
  assert.deepEqual(projectOf(`<auth tenantName=" demo ">${inner}</auth>`), { name: ' demo ' });
  assert.deepEqual(
    projectOf(`<auth tenantName="x"><tenantName>a</tenantName><tenantName>b</tenantName>${inner}</auth>`),
    {
      name: 'b',
    },
  );
  assert.equal(projectOf(`<auth><tenantName/>${inner}</auth>`), undefined);
  assert.deepEqual(read('<auth><token><id>T</id></token></auth>', xml).proof, { kind: 'token', id: 'T' });
  assert.deepEqual(read('<!-- a --><?b c?><auth><!-- d --><token id="T"/></auth>', xml).proof, {
    kind: 'token',
    id: 'T',
  });
  const asElements = '<passwordCredentials><username>demo</username><password>x</password></passwordCredentials>';
  refused(() => read(`<auth>${asElements}</auth>`, xml), 'valid XML in request body');
  refused(() => read(`<auth>text${inner}</auth>`, xml), 'valid XML in request body');
  refused(() => read('<auth><passwordCredentials/></auth>', xml), 'password in passwordCredentials');
  refused(() => read('<auth>text</auth>', xml), 'passwordCredentials in auth');
  refused(() => read('', xml), 'auth in request body');
  refused(() => read(' \n', xml), 'valid XML in request body');
  refused(() => read('<Auth/>', xml), 'auth in request body');
});

test('every DOCTYPE is refused, an empty one too', () => {
  for (const doctype of [
    '<!DOCTYPE auth>',
    '<!DOCTYPE auth [<!ENTITY p "T">]>',
    '<!DOCTYPE auth SYSTEM "file:///etc/passwd">',
  ]) {
    refused(() => read(`${doctype}<auth><token id="T"/></auth>`, xml), 'valid XML in request body');
    refused(
      () => read(`<?xml version="1.0"?><!-- a -->${doctype}<auth><token id="&p;"/></auth>`, xml),
      'valid XML in request body',
    );
  }
});

test('the type of a request is compared as legacy Keystone did', () => {
  const body = '{"auth": {"token": {"id": "T"}}}';
  for (const type of [json, `${json}; charset=utf-8`, '']) assert.equal(read(body, type).form, 'token');
  for (const type of ['text/plain', 'Application/JSON', `${json}+x`, 'application/vnd.openstack.identity-v2.0+json']) {
    refused(() => read(body, type), 'application/json in Content-Type header');
  }
  assert.equal(read('<auth><token id="T"/></auth>', `x/${xml}+foo`).form, 'token');
  refused(
    () => readLogin({ bytes: Buffer.from(body), contentType: undefined }, keystoneRules),
    'application/json in Content-Type header',
  );
});

test('auth 1.1 is a login by a key without a project', () => {
  const limits = keystoneRules.limits;
  const bodies = [
    ['{"credentials": {"username": "demo", "key": "secret"}}', json],
    ['<credentials xmlns="http://docs.rackspacecloud.com/auth/api/v1.1" username="demo" key="secret"/>', xml],
  ] as const;
  for (const [text, contentType] of bodies) {
    const login = readCredentials({ bytes: Buffer.from(text), contentType }, limits);
    assert.deepEqual(login.proof, { kind: 'password', user: { name: 'demo' }, password: 'secret' });
    assert.deepEqual([login.form, login.project], ['key', undefined]);
  }
  const noKey = Buffer.from('{"credentials": {"username": "demo"}}');
  refused(() => readCredentials({ bytes: noKey, contentType: json }, limits), 'key in credentials');
});

test('a change of a password has the old one and the new one', () => {
  const limits = keystoneRules.limits;
  const change = (user: object): unknown =>
    readPasswordChange({ bytes: Buffer.from(JSON.stringify({ user })), contentType: json }, limits);
  assert.deepEqual(change({ password: 'new', original_password: 'old' }), { password: 'new', original: 'old' });
  refused(() => change({ password: 'new' }), 'original password in user');
  refused(() => change({ original_password: 'old' }), 'password in user');
});

const isBlank = (auth: object): boolean => isBlankLogin(read(JSON.stringify({ auth })));

test('a login with a secret that is null or empty is blank', () => {
  assert.ok(isBlank({ token: { id: '' } }));
  for (const blank of [null, '']) assert.ok(isBlank({ passwordCredentials: { username: 'demo', password: blank } }));
  assert.ok(!isBlank({ passwordCredentials: password }));
});

test('each member that does not reach the cloud has a note, without its value', () => {
  const notesOn = read(
    JSON.stringify({
      auth: {
        tenantName: 'a',
        tenantId: 'b',
        trust_id: 'c',
        tenantname: 'd',
        'RAX-KSKEY:apiKeyCredentials': { apiKey: 'secret' },
        passwordCredentials: { ...password, userId: 'e', foo: 'f' },
      },
    }),
  ).notes.map(({ outcome, text }) => `${outcome}: ${text}`);
  assert.deepEqual(notesOn, [
    'dropped: auth.passwordCredentials.foo was dropped: no such member is known',
    'dropped: auth.tenantId was dropped: tenantName counts',
    'dropped: auth.passwordCredentials.userId was dropped: username counts',
    'dropped: auth.trust_id was dropped: it counts beside a token only',
    'dropped: auth.tenantname was dropped: no such member is known',
    'dropped: auth.RAX-KSKEY:apiKeyCredentials was dropped: passwordCredentials counts',
  ]);
  const plain = read(JSON.stringify({ auth: { tenantName: 'a', tenantId: '', passwordCredentials: password } }));
  assert.deepEqual(plain.notes, []);
});

const nested = (depth: number): string =>
  `{"auth": {"x": ${'['.repeat(depth)}${']'.repeat(depth)}, "token": {"id": "T"}}}`;

test('a document that nests deep is refused in both formats', () => {
  assert.equal(read(nested(30)).form, 'token');
  for (const depth of [100, 50_000]) refused(() => read(nested(depth)), 'valid JSON in request body');
  refused(() => read(`<auth a="b">${'<x>'.repeat(100)}${'</x>'.repeat(100)}</auth>`, xml), 'valid XML in request body');
});
