// Holds the needs of the log to the truth: each call is sent to a real Nova directly, and through the gateway.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { doesNeedBreak } from '../../src/need-reasons.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { creations, furtherCalls, knownCalls, logins, type ComparedCall } from './needs/calls.ts';
import { startRealCloud, whyNoRealCloud, type RealCloud } from './start-real-cloud.ts';

/** The members of a server by which the effect of a call is seen. */
const seen = ['name', 'accessIPv4', 'accessIPv6', 'key_name', 'OS-EXT-SRV-ATTR:user_data'] as const;

/** A call with its result on both ways. */
interface Comparison {
  readonly name: string;
  readonly direct: string;
  readonly through: string;
  readonly needs: readonly string[];
}

const breaks = ({ needs }: Comparison): boolean => needs.some(doesNeedBreak);
const differs = ({ direct, through }: Comparison): boolean => direct !== through;

describe('the needs of a call', { skip: whyNoRealCloud('keystone', 'glance') }, () => {
  let cloud: RealCloud;
  let gateway: TestGateway;
  before(async () => {
    cloud = await startRealCloud({ auth: 'keystone' });
    gateway = await startTestGateway(cloud.endpoint, {
      GATEWAY_UPSTREAM_PROFILE: 'nova',
      GATEWAY_IDENTITY_URL: identityRoot(),
      GATEWAY_IDENTITY_API_KEYS: 'password',
    });
  });
  after(async () => {
    await gateway.stop();
    await cloud.stop();
  });

  const identityRoot = (): string => cloud.authUrl?.replace(/\/v3$/, '') ?? '';

  /** The server after a call, when it rests. */
  async function server(): Promise<Readonly<Record<string, unknown>>> {
    let shown: Readonly<Record<string, unknown>> = {};
    const [id = ''] = cloud.servers;
    await until(async () => {
      const { body } = await call(cloud.endpoint, {
        method: 'GET',
        path: `/v2.1/${cloud.projectId}/servers/${id}`,
        headers: { 'X-Auth-Token': cloud.tokens.admin, 'OpenStack-API-Version': 'compute 2.10' },
      });
      shown = (JSON.parse(body) as { server: Readonly<Record<string, unknown>> }).server;
      return shown['OS-EXT-STS:task_state'] === null;
    }, 'the server does not rest');
    return shown;
  }

  /** Send a call, and describe what a client sees of it: success or not, the document, and the server that it may have changed. */
  async function resultOf(url: string, { request, undo }: ComparedCall): Promise<string> {
    const headers = { 'X-Auth-Token': cloud.tokens.admin, ...request.headers };
    const answer = await call(url, { ...request, headers });
    const result = describeAnswer(answer);
    if (request.path.endsWith('/servers') && answer.status === 202) await remove(answer);
    if (!request.path.includes('/servers/') || request.method === 'GET') return result;
    const shown = await server();
    if (shown['status'] === 'VERIFY_RESIZE' && undo !== undefined) await undoBy(undo);
    return `${result} ${seen.map((name) => String(shown[name])).join()}`;
  }

  /** Delete the server that a call has created. */
  async function remove({ body }: TestAnswer): Promise<void> {
    const { server: created } = JSON.parse(body) as { server: { id: string } };
    const path = `/v2.1/${cloud.projectId}/servers/${created.id}`;
    await call(cloud.endpoint, { method: 'DELETE', path, headers: { 'X-Auth-Token': cloud.tokens.admin } });
  }

  async function undoBy(action: string): Promise<void> {
    const [id = ''] = cloud.servers;
    const path = `/v2.1/${cloud.projectId}/servers/${id}/action`;
    const headers = { 'Content-Type': 'application/json', 'X-Auth-Token': cloud.tokens.admin };
    await call(cloud.endpoint, { path, headers, body: JSON.stringify({ [action]: null }) });
    await server();
  }

  async function compare(calls: (cloud: RealCloud) => readonly ComparedCall[]): Promise<readonly Comparison[]> {
    const compared: Comparison[] = [];
    for (const one of calls(cloud)) {
      const direct = await resultOf(one.isLogin === true ? identityRoot() : cloud.endpoint, one);
      gateway.forget();
      const through = await resultOf(gateway.url, one);
      await gateway.logged('exchange', 1);
      const fields = gateway.log.find(({ event }) => event === 'exchange')?.fields ?? {};
      compared.push({ name: one.name, direct, through, needs: fields['needs'] as readonly string[] });
    }
    return compared;
  }

  test('name exactly the seven of twenty that break without the gateway', async () => {
    const compared = await compare(knownCalls);
    assert.deepEqual(
      compared.filter(differs).map(({ name }) => name),
      compared.slice(0, 7).map(({ name }) => name),
    );
    assert.deepEqual(
      compared.filter((one) => breaks(one) !== differs(one)),
      [],
    );
  });

  test('are right for further calls', async () => {
    const compared = await compare(furtherCalls);
    assert.ok(compared.length > 60);
    assert.deepEqual(
      compared.filter((one) => breaks(one) !== differs(one)),
      [],
    );
  });

  test('are right for new servers', async () => {
    const compared = await compare(creations);
    assert.deepEqual(
      compared.filter((one) => breaks(one) !== differs(one)),
      [],
    );
  });

  test('are right for logins', async () => {
    const compared = await compare(logins);
    assert.deepEqual(
      compared.filter((one) => breaks(one) !== differs(one)),
      [],
    );
    assert.deepEqual(compared.map(breaks), [true, true, false, true]);
  });
});

/** Describe an answer as a client sees it: the class of its status, and its document. The message of a failure does not count. */
function describeAnswer({ status, headers, body }: TestAnswer): string {
  const outcome = status < 400 ? `${Math.floor(status / 100)}xx` : 'failed';
  if (body === '') return outcome;
  if (body.startsWith('<') && headers['content-type']?.includes('xml') === true) return `${outcome} XML`;
  return status < 300 ? `${outcome} ${Object.keys(JSON.parse(body) as object).join()}` : outcome;
}
