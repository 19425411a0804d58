import assert from 'node:assert/strict';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { call } from '../../support/http.ts';
import { startRealCloud, type RealCloud } from '../start-real-cloud.ts';
import type { LoginParts } from './client-logins.ts';

/** An address of its own, so that the usual ports of compute and Keystone are free on it. */
const host = '127.0.14.1';

/** The URLs that a client of 2012 has in its configuration: compute, Keystone, and Keystone for administrators. */
export const urls = {
  compute: `http://${host}:8774`,
  identity: `http://${host}:5000`,
  identityAdmin: `http://${host}:35357`,
} as const;

/** A gateway with login, in front of a real Nova, Keystone and Glance. */
export interface LoginScene {
  readonly cloud: RealCloud;
  readonly gateway: TestGateway;
  /** The member's account; `token` is one that the client got by an earlier login. */
  readonly parts: LoginParts;
  stop(): Promise<void>;
}

/** Start the cloud, and the gateway at the usual ports. */
export async function startLoginScene(): Promise<LoginScene> {
  const cloud = await startRealCloud({ auth: 'keystone', delaySeconds: 0.5 });
  const { demo } = cloud.users ?? {};
  assert.ok(demo !== undefined && cloud.authUrl !== undefined);
  const gateway = await startTestGateway(cloud.endpoint, {
    GATEWAY_UPSTREAM_PROFILE: 'nova',
    GATEWAY_HOST: host,
    GATEWAY_PORT: '8774',
    GATEWAY_IDENTITY_PORTS: '5000,35357',
    GATEWAY_IDENTITY_URL: cloud.authUrl.replace(/\/v3$/, ''),
    GATEWAY_IDENTITY_API_KEYS: 'password',
    // The tests fail to log in more often than a client may.
    GATEWAY_IDENTITY_FAILURES_MAX: '0',
  });
  const account = { user: 'demo', password: demo.password, project: demo.project, projectId: cloud.projectId };
  return {
    cloud,
    gateway,
    parts: { ...account, host: new URL(urls.identity).host, token: await unscopedToken(account) },
    stop: async () => {
      await gateway.stop();
      await cloud.stop();
    },
  };
}

async function unscopedToken({ user, password }: Pick<LoginParts, 'user' | 'password'>): Promise<string> {
  const { body } = await call(urls.identity, {
    path: '/v2.0/tokens',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ auth: { passwordCredentials: { username: user, password } } }),
  });
  return (JSON.parse(body) as { access: { token: { id: string } } }).access.token.id;
}

/** Assert that a client gets a list of the three servers at a URL of compute with its token. */
export async function assertListsServers(url: string | undefined, token: string): Promise<void> {
  assert.ok(url?.startsWith(urls.compute), url);
  const { status, body } = await getJson(`${url}/servers`, token);
  assert.equal(status, 200, body);
  assert.equal((JSON.parse(body) as { servers: object[] }).servers.length, 3);
}

/** List the names of the tenants at a URL of identity. */
export async function tenantNames(url: string | undefined, token: string): Promise<readonly string[]> {
  const { status, body } = await getJson(`${url}/tenants`, token);
  assert.equal(status, 200, body);
  return (JSON.parse(body) as { tenants: { name: string }[] }).tenants.map(({ name }) => name);
}

function getJson(url: string, token: string): ReturnType<typeof call> {
  const { origin, pathname } = new URL(url);
  return call(origin, { method: 'GET', path: pathname, headers: { 'X-Auth-Token': token } });
}
