import type { TestRequest } from '../../support/http.ts';
import type { RealCloud } from '../start-real-cloud.ts';

/** A call of a client, which is sent to the cloud directly and through the gateway. */
export interface ComparedCall {
  readonly name: string;
  readonly request: TestRequest;
  /** The way back to a server in the state ACTIVE after the call, as an action. */
  readonly undo?: string;
  /** True for a call of the Identity API, which is sent to Keystone. */
  readonly isLogin?: true;
}

const json = { 'Content-Type': 'application/json', Accept: 'application/json' };
const xml = { 'Content-Type': 'application/xml', Accept: 'application/xml' };
const forXml = { Accept: 'application/xml' };
const file = { path: '/etc/motd', contents: 'aGVsbG8K' };

const get = (name: string, target: string, headers: Record<string, string> = {}): ComparedCall => ({
  name,
  request: { method: 'GET', path: target, headers },
});

/** Make the functions that build the calls of one cloud, to its first server. */
function builders({ projectId, servers: [server = ''], images }: RealCloud) {
  const path = (version: string, below: string): string => `/${version}/${projectId}/${below}`;
  const act = (name: string, version: string, body: object, headers: Record<string, string> = {}): ComparedCall => ({
    name: `${version}: ${name}`,
    request: {
      path: path(version, `servers/${server}/action`),
      headers: { ...json, ...headers },
      body: JSON.stringify(body),
    },
  });
  const rebuild = (name: string, version: string, more: object, headers?: Record<string, string>): ComparedCall =>
    act(`rebuild with ${name}`, version, { rebuild: { imageRef: images.rebuild, ...more } }, headers);
  const update = (name: string, version: string, members: object): ComparedCall => ({
    name: `${version}: update with ${name}`,
    request: {
      method: 'PUT',
      path: path(version, `servers/${server}`),
      headers: json,
      body: JSON.stringify({ server: members }),
    },
  });
  return { path, act, rebuild, update, server };
}

/** Twenty calls of which seven break without the gateway, those first. */
export function knownCalls(cloud: RealCloud): readonly ComparedCall[] {
  const { path, act, rebuild, server } = builders(cloud);
  const { rebuild: image } = cloud.images;
  return [
    {
      name: 'XML rebuild',
      request: {
        path: path('v2', `servers/${server}/action`),
        headers: { ...xml, Accept: 'application/json' },
        body: `<rebuild imageRef="${image}"/>`,
      },
    },
    get('Accept of XML', path('v2', 'servers'), forXml),
    get('servers.xml', path('v2', 'servers.xml')),
    get('v1.1', path('v1.1', 'servers')),
    rebuild('a URL of an image', 'v2', { imageRef: `http://compute.example.org/v2/images/${image}` }),
    rebuild('an address of two numbers', 'v2', { accessIPv4: '10.1' }),
    get('servers.json', path('v2', 'servers.json')),
    rebuild('white space around the name', 'v2', { name: '  spaced ' }),
    rebuild('an unknown member', 'v2', { gadget: 1 }),
    rebuild('an id', 'v2', {}),
    rebuild('a disk config', 'v2', { 'OS-DCF:diskConfig': 'AUTO' }),
    rebuild('files', 'v2', { personality: [file] }),
    rebuild('base64 with a space', 'v2', { personality: [{ ...file, contents: 'aGVs bG8K' }] }),
    rebuild('no as a boolean', 'v2', { preserve_ephemeral: 'no' }),
    act('soft reboot', 'v2', { reboot: { type: 'soft' } }),
    get('list on v2', path('v2', 'servers')),
    get('doubled slashes', path('v2', '/servers').replaceAll('/', '//')),
    get('extensions', path('v2', 'extensions')),
    get('a trailing slash', path('v2', 'servers/')),
    get('certificates', path('v2', 'os-certificates/root')),
  ];
}

/** More calls of that kind. */
export function furtherCalls(cloud: RealCloud): readonly ComparedCall[] {
  const { path, act, rebuild, update, server } = builders(cloud);
  const { rebuild: image, servers: present } = cloud.images;
  const console = path('v2', `servers/${server}/action`);
  const both = ['v2', 'v2.1'].flatMap((version): ComparedCall[] => [
    rebuild('t as a boolean', version, { preserve_ephemeral: 'f' }),
    rebuild('zero as a boolean', version, { preserve_ephemeral: 0 }),
    rebuild('a text as a boolean', version, { preserve_ephemeral: 'False' }),
    rebuild('an id in capitals', version, { imageRef: image.toUpperCase() }),
    rebuild('a path of an image', version, { imageRef: `/images/${image}` }),
    rebuild('white space around the name', version, { name: ' again ' }),
    rebuild('a name', version, { name: 'plain' }),
    rebuild('an unknown member', version, { gadget: 1 }),
    rebuild('a key', version, { key_name: null }),
    rebuild('user data', version, { user_data: version === 'v2' ? 'dHdv' : 'b25l' }),
    rebuild('files', version, { personality: [file] }),
    rebuild('an address of IPv6 in capitals', version, { accessIPv6: 'FE80::1' }),
    rebuild('an empty address', version, { accessIPv4: '' }),
    rebuild('an empty password', version, { adminPass: '' }),
    update('an empty address', version, { name: 'web', accessIPv4: '' }),
    update('null as an address', version, { accessIPv4: null }),
    update('white space around the name', version, { name: ' web ' }),
    act('console output', version, { 'os-getConsoleOutput': {} }),
    act('console output of a text', version, { 'os-getConsoleOutput': { length: '5' } }),
    act('console output of a text with a space', version, { 'os-getConsoleOutput': { length: ' 5' } }),
    act('console output of null', version, { 'os-getConsoleOutput': null }),
    act('reboot in mixed case', version, { reboot: { type: 'sOFT' } }),
    {
      ...act('resize by the URL of a flavor', version, { resize: { flavorRef: 'http://example.org/v2/flavors/2' } }),
      undo: 'revertResize',
    },
  ]);
  return [
    ...both,
    rebuild('files at 2.57', 'v2.1', { personality: [file] }, { 'OpenStack-API-Version': 'compute 2.57' }),
    rebuild('user data at 2.57', 'v2.1', { user_data: 'dGhyZWU=' }, { 'OpenStack-API-Version': 'compute 2.57' }),
    rebuild('user data at 2.10', 'v2.1', { user_data: 'Zm91cg==' }, { 'X-OpenStack-Nova-API-Version': '2.10' }),
    rebuild('the image that it has', 'v1.1', { imageRef: present }),
    get('HEAD', path('v2', 'servers')),
    { name: 'a HEAD for XML', request: { method: 'HEAD', path: path('v2.1', 'servers'), headers: forXml } },
    get('a feed', '/', { Accept: 'application/atom+xml' }),
    get('the versions', '/'),
    get('the version v2', '/v2/'),
    get('v1.1/', '/v1.1/'),
    get('v2.xml', '/v2.xml'),
    get('a fault for XML', path('v2', 'servers/nothing'), forXml),
    get('a fault', path('v2', 'servers/nothing')),
    get('a forwarded call', path('v2.1', `os-quota-sets/${cloud.projectId}/detail`)),
    get('a forwarded call for XML', path('v2.1', `os-quota-sets/${cloud.projectId}/detail`), forXml),
    get('a forwarded call with a suffix', path('v2', `os-quota-sets/${cloud.projectId}/detail.json`)),
    get('XML of v2.1', path('v2.1', 'flavors'), forXml),
    get('v2.1 without a project', '/v2.1/flavors'),
    get('a version by Accept', `/${cloud.projectId}/flavors`, { Accept: 'application/json;version=2' }),
    get('a type of nothing', path('v2', 'flavors'), { 'Content-Type': 'application/xml', Accept: 'application/json' }),
    get('certificates for XML', path('v2.1', 'os-certificates/root'), forXml),
    {
      name: 'a 204 for XML',
      request: { method: 'DELETE', path: path('v2', `servers/${server}/os-server-password`), headers: forXml },
    },
    {
      name: 'chunks',
      request: {
        path: console,
        headers: { ...json, 'Transfer-Encoding': 'chunked' },
        body: '{"os-getConsoleOutput": {}}',
      },
    },
    { name: 'malformed XML', request: { path: console, headers: xml, body: '<reboot' } },
    {
      name: 'XML rebuild with a URL on v1.1',
      request: {
        path: path('v1.1', `servers/${server}/action`),
        headers: xml,
        body: `<rebuild imageRef="http://example.org/images/${image}"/>`,
      },
    },
  ];
}

const post = (name: string, path: string, headers: Record<string, string>, body: string): ComparedCall => ({
  name,
  request: { path, headers, body },
  isLogin: true,
});

/** The creations of a server, on both paths. */
export function creations({ projectId, images }: RealCloud): readonly ComparedCall[] {
  const { servers: imageRef } = images;
  const create = (name: string, members: object): readonly ComparedCall[] =>
    ['v2', 'v2.1'].map((version) => ({
      name: `${version}: create with ${name}`,
      request: {
        path: `/${version}/${projectId}/servers`,
        headers: json,
        body: JSON.stringify({ server: { name: 'new', imageRef, flavorRef: '1', networks: [], ...members } }),
      },
    }));
  return [
    ...create('ids', {}),
    ...create('the URL of a flavor', { flavorRef: 'http://example.org/v2/flavors/1' }),
    ...create('the URL of an image', { imageRef: `http://example.org/v2/images/${imageRef}` }),
    ...create('an empty key', { key_name: '' }),
    ...create('null as a key', { key_name: null }),
    ...create('an empty password', { adminPass: '' }),
    ...create('t as a boolean', { config_drive: 't' }),
    ...create('a text as a number', { min_count: '1' }),
    ...create('a text with a space as a number', { min_count: ' 1' }),
    ...create('base64 with white space', { user_data: 'aGkg\n aGkg' }),
    ...create('null as user data', { user_data: null }),
    ...create('white space around the name', { name: ' new ' }),
  ];
}

/** The logins of each kind. */
export function logins(cloud: RealCloud): readonly ComparedCall[] {
  const { password = '', project = '' } = cloud.users?.['demo'] ?? {};
  const v2 = { auth: { tenantName: project, passwordCredentials: { username: 'demo', password } } };
  const v3 = {
    auth: {
      identity: { methods: ['password'], password: { user: { name: 'demo', domain: { id: 'default' }, password } } },
      scope: { project: { name: project, domain: { id: 'default' } } },
    },
  };
  return [
    post('login of v2.0', '/v2.0/tokens', json, JSON.stringify(v2)),
    post(
      'login of v2.0 in XML',
      '/v2.0/tokens',
      xml,
      `<auth xmlns="http://docs.openstack.org/identity/api/v2.0" tenantName="${project}"><passwordCredentials username="demo" password="${password}"/></auth>`,
    ),
    post('login of v3', '/v3/auth/tokens', json, JSON.stringify(v3)),
    {
      name: 'login by header fields',
      isLogin: true,
      request: {
        method: 'GET',
        path: '/v1.0',
        headers: { 'X-Auth-User': 'demo', 'X-Auth-Key': password, 'X-Auth-Project-Id': project },
      },
    },
  ];
}
