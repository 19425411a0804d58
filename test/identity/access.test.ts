import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessOf } from '../../src/identity/answer/access-of.ts';
import { authAnswer } from '../../src/identity/answer/header-answer.ts';
import { tokenEndpointsOf } from '../../src/identity/answer/token-endpoints-of.ts';
import { pageOfTenants, readTenants } from '../../src/identity/answer/tenants-of.ts';
import { readV3Token } from '../../src/identity/answer/v3-token.ts';
import { accessDocument, accessDocumentIdFirst, type Access } from '../../src/identity/messages/access.ts';
import { authAnswerDocument } from '../../src/identity/messages/auth-answer.ts';
import { tokenEndpointsDocument } from '../../src/identity/messages/token-endpoints.ts';
import { writeIdentity } from '../../src/identity/write/write-identity.ts';
import { answerOf, here, oneRegion, project, tokenId, v3Answer, v3Service } from './fixtures.ts';

const access = accessOf(readV3Token(v3Answer()), here).access;
const unscoped: Access = { ...access, token: { expires: access.token.expires, id: tokenId }, serviceCatalog: [] };
const json = (value: Access): string => writeIdentity(accessDocument, value, 'json').text;
const xml = (value: Access): string => writeIdentity(accessDocument, value, 'xml').text;

test('the text of XML is that of legacy Keystone', () => {
  const url = `http://gateway.example.com:8774/v2/${project}`;
  const identity = 'http://gateway.example.com:5000/v2.0';
  assert.equal(
    xml(accessOf(readV3Token(v3Answer({ userName: 'jörg', projectName: 'a<&>"\'\n😀' })), here).access),
    `<?xml version="1.0" encoding="UTF-8"?>
<access xmlns="http://docs.openstack.org/identity/api/v2.0">
  <token issued_at="2026-11-29T20:15:29.000000" expires="2026-11-30T20:15:29Z" id="${tokenId}">
    <tenant enabled="true" name="a&lt;&amp;&gt;&quot;'&#10;&#128512;" id="${project}"/>
  </token>
  <serviceCatalog>
    <service type="compute" name="nova">
      <endpoints_links/>
      <endpoint adminURL="${url}" region="RegionOne" publicURL="${url}" internalURL="${url}" id="compute1public"/>
    </service>
    <service type="identity" name="keystone">
      <endpoints_links/>
      <endpoint adminURL="${identity}" region="RegionOne" publicURL="${identity}" internalURL="${identity}" id="identity1public"/>
    </service>
    <service type="image" name="glance">
      <endpoints_links/>
      <endpoint region="RegionOne" publicURL="http://glance.example.com:9292" id="image1public"/>
    </service>
  </serviceCatalog>
  <user username="j&#246;rg" id="ed2965d80d394be0b41e56f50ac650ca" name="j&#246;rg">
    <roles_links/>
    <role name="Member"/>
    <role name="_member_"/>
  </user>
  <metadata is_admin="0">
    <roles>
      <role>5b4c0ad9a1d24b94ac04bd8a5b0ee3a3</role>
      <role>9fe2ff9ee4384b1894a90878d3e92bab</role>
    </roles>
  </metadata>
</access>
`,
  );
});

test('the text of JSON is that of json.dumps', () => {
  const text = json({ ...access, serviceCatalog: [], user: { username: 'jörg 😀"\u007F/\u001F', roles: [] } });
  assert.equal(
    text,
    '{"access": {"token": {"issued_at": "2026-11-29T20:15:29.000000", "expires": "2026-11-30T20:15:29Z", "id": ' +
      `"${tokenId}", "tenant": {"description": null, "enabled": true, "id": "${project}", "name": "demo"}}, ` +
      '"serviceCatalog": [], "user": {"username": "j\\u00f6rg \\ud83d\\ude00\\"\\u007f/\\u001f", "roles": []}, ' +
      '"metadata": {"is_admin": 0, "roles": ["5b4c0ad9a1d24b94ac04bd8a5b0ee3a3", "9fe2ff9ee4384b1894a90878d3e92bab"]}}}',
  );
});

test('a client that matches the text of JSON finds the token (F5 monitors)', () => {
  const found = /\{"access": \{"token": \{"issued_at": "[^"]*", "expires": "[^"]*", "id": "([-0-9a-zA-Z_%]*)", /;
  assert.equal(found.exec(json(access))?.[1], tokenId);
});

test('a client that matches the text of XML finds the token and the tenant (FIWARE)', () => {
  for (const value of [access, unscoped]) {
    const text = xml(value).replaceAll('\n', '');
    const token = /<token (?:issued_at="[^"]*" )?expires="[^"]*" id="([^"]*)"\/?>/.exec(text);
    assert.equal(token?.[1], tokenId);
    // It looks for the first of these words, wherever they are.
    assert.equal(text.indexOf('token'), token.index + 1);
    const tenant = /<tenant [^>]*[^ >]+ id="([^"]*)"/.exec(text);
    assert.equal(tenant?.[1], value === access ? project : undefined);
    if (tenant !== null) assert.equal(text.indexOf('tenant'), tenant.index + 1);
  }
});

test('a client of access keys finds the id first in the token (Cloudify)', () => {
  const text = writeIdentity(accessDocumentIdFirst, access, 'xml').text;
  assert.ok(text.includes(`<token id="${tokenId}" issued_at=`));
  assert.ok(!xml(access).includes('token id="'));
  assert.equal(writeIdentity(accessDocumentIdFirst, access, 'json').text, json(access));
});

const withDescription = (description: string | null): string =>
  xml({ ...access, token: { ...access.token, tenant: { description, enabled: false, id: 'i', name: 'n' } } });

test('a description is an element: none for null, an empty one for an empty text', () => {
  assert.ok(withDescription(null).includes('<tenant enabled="false" name="n" id="i"/>'));
  assert.ok(withDescription('').includes('id="i">\n      <description></description>\n    </tenant>'));
  assert.ok(withDescription('a\nb').includes('<description>a\nb</description>'));
});

test('a character that XML cannot contain is replaced with a note', () => {
  const { text, notes } = writeIdentity(accessDocument, { ...access, user: { name: 'a\u0000b' } }, 'xml');
  assert.ok(text.includes('name="a&#65533;b"'));
  assert.deepEqual(
    notes.map(({ member, outcome }) => [member, outcome]),
    [['access', 'replaced']],
  );
});

test('a token without a project has no catalogue, whatever the cloud lists', () => {
  const { token } = JSON.parse(v3Answer().body.toString()) as { token: { project?: unknown } };
  delete token.project;
  const answer = accessOf(readV3Token(answerOf(201, { token }, { 'x-subject-token': tokenId })), here);
  assert.deepEqual(answer.access.serviceCatalog, []);
  assert.equal(answer.access.token.tenant, undefined);
  assert.deepEqual(
    answer.notes.map(({ member }) => member),
    ['user.domain'],
  );
});

test('an answer that is none of Identity v3 is refused', () => {
  const ok = v3Answer();
  const bad = [
    { ...ok, headers: {} },
    { ...ok, headers: { 'x-subject-token': 'two words' } },
    { ...ok, headers: { 'x-subject-token': ['a', 'b'] } },
    { ...ok, body: Buffer.from('<html>') },
    answerOf(201, { token: {} }, ok.headers),
    answerOf(201, { token: { user: { id: 'x' } } }, ok.headers),
    answerOf(201, [], ok.headers),
  ];
  for (const answer of bad) assert.throws(() => readV3Token(answer), { status: 502, reason: 'cloud-nonsense' });
  assert.equal(readV3Token({ ...ok, headers: {} }, 'known').id, 'known');
});

test('a text that is longer than any of an identity service counts as absent', () => {
  const long = 'x'.repeat(16_385);
  const { user, catalog } = readV3Token(v3Answer({ userName: long, catalog: [v3Service('image', long, { A: long })] }));
  assert.equal(user.name, user.id);
  assert.deepEqual(catalog, [{ type: 'image', name: '', endpoints: [] }]);
});

test('strange entries of a catalogue are left out', () => {
  const strange = [
    null,
    'x',
    { type: 5 },
    { type: 'a', endpoints: 'b' },
    { type: 'c', endpoints: [null, { url: 'x' }] },
  ];
  const { catalog } = readV3Token(v3Answer({ catalog: [...(strange as object[]), ...oneRegion] }));
  assert.deepEqual(
    catalog.map(({ type, endpoints }) => [type, endpoints.length]),
    [
      ['a', 0],
      ['c', 0],
      ['compute', 3],
      ['identity', 3],
      ['image', 1],
    ],
  );
});

test('the endpoints of a token are those of its catalogue, with null for a URL that is not there', () => {
  const { endpoints = [] } = tokenEndpointsOf(access);
  assert.equal(endpoints.length, 3);
  assert.deepEqual(endpoints[2], {
    name: 'glance',
    adminURL: null,
    region: 'RegionOne',
    internalURL: null,
    type: 'image',
    id: 'image1public',
    publicURL: 'http://glance.example.com:9292',
  });
  assert.equal(writeIdentity(tokenEndpointsDocument, tokenEndpointsOf(unscoped), 'json').text, '{}');
});

test('the answer of auth 1.1 has the products of its time', () => {
  const url = `http://gateway.example.com:8774/v1.0/${project}`;
  const swift = { type: 'object-store', name: 'swift', endpoints: [{ publicURL: 'http://swift/v1' }] };
  const answer = authAnswer({ ...access, serviceCatalog: [swift, ...access.serviceCatalog] }, url);
  assert.equal(
    writeIdentity(authAnswerDocument, answer, 'json').text,
    `{"auth": {"token": {"expires": "2026-11-30T20:15:29Z", "id": "${tokenId}"}, "serviceCatalog": {"cloudFiles": ` +
      `[{"publicURL": "http://swift/v1"}], "cloudServers": [{"publicURL": "${url}"}]}}}`,
  );
  assert.ok(
    writeIdentity(authAnswerDocument, answer, 'xml').text.includes(
      `    <service name="cloudServers">\n      <endpoint publicURL="${url}"/>\n    </service>`,
    ),
  );
});

const projectOf = (id: string, domain: string): object => ({
  id,
  name: id,
  domain_id: domain,
  description: '',
  enabled: true,
});

const ids = (...of: Parameters<typeof readTenants>): unknown => readTenants(...of).map(({ id }) => id);

test('tenants are those of the domain, and are cut into pages', () => {
  const listed = answerOf(200, {
    projects: [projectOf('a', 'default'), projectOf('b', 'other'), projectOf('c', 'default')],
  });
  assert.deepEqual(ids(listed, { id: 'default' }), ['a', 'c']);
  for (const domain of ['none', { name: 'x' }] as const) assert.deepEqual(ids(listed, domain), ['a', 'b', 'c']);
  const tenants = readTenants(listed, 'none');
  const page = (limit?: string, marker?: string): unknown =>
    pageOfTenants(tenants, { limit, marker }).tenants.map(({ id }) => id);
  assert.deepEqual(page(), ['a', 'b', 'c']);
  assert.deepEqual(
    [page('0'), page('2'), page('9'.repeat(400)), page('1', 'a'), page(undefined, 'c')],
    [[], ['a', 'b'], ['a', 'b', 'c'], ['b'], []],
  );
  for (const limit of ['-1', 'x', '1.5', '']) assert.throws(() => page(limit), { message: 'Invalid limit value' });
  assert.throws(() => page(undefined, 'z'), { message: 'Marker could not be found' });
  assert.throws(() => readTenants(answerOf(200, {}), 'none'), { status: 502 });
});
