import assert from 'node:assert/strict';
import type { RawAnswer } from '../../support/raw-exchange.ts';
import { assertListsServers, tenantNames, type LoginScene } from './login-scene.ts';
import { textNeeds } from './text-needs.ts';

/** Fails if a client cannot go on with an answer: it reads the answer as the client does, and uses what it found. */
export type Need = (answer: RawAnswer, scene: LoginScene) => Promise<void>;

interface Endpoint {
  readonly region: string;
  readonly publicURL: string;
  readonly adminURL: string;
  readonly versionId?: string;
}

interface Service {
  readonly type: string;
  readonly name: string;
  readonly endpoints: readonly Endpoint[];
}

/** The answer of a login in JSON. */
interface Access {
  readonly token: {
    readonly id: string;
    readonly expires: string;
    readonly tenant?: { readonly id: string; readonly name: string };
  };
  readonly user: { readonly id: string; readonly name: string };
  readonly serviceCatalog: readonly Service[];
}

const region = 'RegionOne';

/** The needs of clients, by their names in client-logins.txt. */
export const needs: Readonly<Record<string, Need>> = {
  ...textNeeds,

  /** Exactly one endpoint of compute in its region, and no other version than 1.1 or 2. */
  novaclient: async (answer) => {
    const { token, serviceCatalog } = accessOf(answer);
    const found = endpointsOf(serviceCatalog, 'compute').filter(
      (endpoint) => endpoint.region.toLowerCase() === region.toLowerCase(),
    );
    assert.equal(found.length, 1);
    assert.ok([undefined, '1.1', '2'].includes(found[0]?.versionId));
    await assertListsServers(found[0]?.publicURL, token.id);
  },

  /** All of its later calls go to the admin URL of identity. */
  keystoneclient: async (answer, { parts }) => {
    const { token, user, serviceCatalog } = accessOf(answer);
    assertUserAndDate(token, user);
    const [endpoint] = endpointsOf(serviceCatalog, 'identity');
    assert.deepEqual(await tenantNames(endpoint?.publicURL, token.id), [parts.project]);
    assert.deepEqual(await tenantNames(endpoint?.adminURL, token.id), [parts.project]);
  },

  tenants: ({ status, body }, { parts }) => {
    assert.equal(status, 200, body);
    const { tenants } = JSON.parse(body) as { readonly tenants: { readonly id: string; readonly name: string }[] };
    assert.deepEqual(
      tenants.map(({ id, name }) => [id, name]),
      [[parts.projectId, parts.project]],
    );
    return Promise.resolve();
  },

  /** It finds the service by type, name and region. */
  libcloud: async (answer) => {
    const { token, serviceCatalog } = accessOf(answer);
    assert.ok(!Number.isNaN(Date.parse(token.expires)));
    const services = serviceCatalog.filter(({ type, name }) => type === 'compute' && name === 'nova');
    const found = services.flatMap(({ endpoints }) => endpoints).find((endpoint) => endpoint.region === region);
    await assertListsServers(found?.publicURL, token.id);
  },

  /** More than one endpoint is an error. */
  fog: async (answer, { parts }) => {
    const { token, user, serviceCatalog } = accessOf(answer);
    assert.ok(user.id);
    assert.deepEqual([token.tenant?.id, token.tenant?.name], [parts.projectId, parts.project]);
    const found = endpointsOf(serviceCatalog, 'compute');
    assert.equal(found.length, 1);
    await assertListsServers(found[0]?.publicURL, token.id);
  },

  jclouds: async (answer, { parts }) => {
    const { token, user, serviceCatalog } = accessOf(answer);
    assertUserAndDate(token, user);
    assert.deepEqual([token.tenant?.id, token.tenant?.name], [parts.projectId, parts.project]);
    for (const { type, name, endpoints } of serviceCatalog) {
      assert.ok(type && name && endpoints.length > 0);
      for (const { publicURL } of endpoints) assert.ok(URL.canParse(publicURL), publicURL);
    }
    await assertListsServers(endpointsOf(serviceCatalog, 'compute')[0]?.publicURL, token.id);
  },

  jcloudsUnscoped: async (answer, { parts }) => {
    const { token, user, serviceCatalog } = accessOf(answer);
    assertUserAndDate(token, user);
    assert.deepEqual([token.tenant, serviceCatalog], [undefined, []]);
    assert.deepEqual(await tenantNames(`http://${parts.host}/v2.0`, token.id), [parts.project]);
  },

  /** libcloud needs exactly 204, and jclouds a URI in each field whose name ends in -Url. */
  headerFields: async ({ status, headers, body }) => {
    assert.deepEqual([status, body], [204, '']);
    for (const [name, value] of Object.entries(headers))
      if (name.endsWith('-url')) assert.ok(URL.canParse(value), `${name}: ${value}`);
    await assertListsServers(headers['x-server-management-url'], headers['x-auth-token'] ?? '');
  },

  key: async ({ status, body }) => {
    assert.equal(status, 200, body);
    const { auth } = JSON.parse(body) as {
      readonly auth: {
        readonly token: { readonly id: string; readonly expires: string };
        readonly serviceCatalog: { readonly cloudServers: readonly { readonly publicURL: string }[] };
      };
    };
    assert.ok(!Number.isNaN(Date.parse(auth.token.expires)));
    await assertListsServers(auth.serviceCatalog.cloudServers[0]?.publicURL, auth.token.id);
  },
};

function accessOf({ status, body }: RawAnswer): Access {
  assert.equal(status, 200, body);
  return (JSON.parse(body) as { readonly access: Access }).access;
}

function endpointsOf(catalog: readonly Service[], wanted: string): readonly Endpoint[] {
  return catalog.filter(({ type }) => type === wanted).flatMap(({ endpoints }) => endpoints);
}

function assertUserAndDate(token: Access['token'], user: Access['user']): void {
  assert.match(token.expires, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  for (const text of [token.id, user.id, user.name]) assert.ok(text);
}
