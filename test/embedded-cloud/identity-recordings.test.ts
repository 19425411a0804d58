import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import { noRecordings, recordings } from '../support/vectors.ts';
import { type Scene, at, startScene } from './cloud-caller.ts';

/** A login that a live Keystone 22 answered; `output` is the request, without it the legacy request was refused before. */
interface RecordedLogin {
  readonly name: string;
  readonly output?: { readonly path: string; readonly body: unknown };
  readonly modern?: {
    readonly status: number;
    readonly user?: string;
    readonly project?: string | null;
    readonly body?: unknown;
  };
}

/** An answer of a live Keystone 22. */
interface RecordedAnswer {
  readonly name: string;
  readonly source: string;
  readonly input: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** The accounts of the recordings, by the names that the embedded cloud has for them too. */
const recordedIds: ReadonlyMap<string, string> = new Map([
  ['ed2965d80d394be0b41e56f50ac650ca', 'demo'],
  ['cc2965d80d394be0b41e56f50ac650cd', 'jörg'],
  ['7459f9935ed2422eb9800fea1d4d9378', 'demo'],
]);

const demo = { name: 'demo', domain: { id: 'default' }, password: 'secret' };

function loginOf(user: unknown, scope: unknown): TestRequest {
  const auth = { identity: { methods: ['password'], password: { user } }, scope };
  return jsonRequest('/v3/auth/tokens', { auth });
}

function jsonRequest(path: string, body: unknown): TestRequest {
  return { path, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

async function tokenOf({ cloud }: Scene, request: TestRequest): Promise<string> {
  const answer = await call(cloud.identityUrl, request);
  assert.equal(answer.status, 201, answer.body);
  return answer.headers['x-subject-token'] ?? '';
}

test(
  'each recorded login gives the status, user, project and fault that a live Keystone 22 gave',
  { skip: noRecordings },
  async (t) => {
    const scene = await startScene(t);
    const { cloud } = scene;
    const unscoped = await tokenOf(scene, loginOf(demo, 'unscoped'));
    const logins = recordings<RecordedLogin>('identity/request').filter(({ output, modern }) => output && modern);
    assert.ok(logins.length > 30);
    for (const { name, output, modern } of logins) {
      const text = JSON.stringify(output?.body)
        .replaceAll('UNSCOPEDTOKEN', unscoped)
        .replaceAll('7459f9935ed2422eb9800fea1d4d9378', cloud.project);
      const answer = await call(cloud.identityUrl, jsonRequest(output?.path ?? '', JSON.parse(text)));
      assert.equal(answer.status, modern?.status, `${name}: ${answer.body}`);
      const document: unknown = JSON.parse(answer.body);
      if (answer.status === 201) {
        assert.equal(at(document, 'token', 'user', 'name'), recordedIds.get(modern?.user ?? ''), name);
        assert.equal(at(document, 'token', 'project', 'name'), recordedIds.get(modern?.project ?? ''), name);
      } else assert.deepEqual(document, modern?.body, name);
    }
  },
);

/** List the members of a document in their order; the items of a list count together. */
function membersOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => membersOf(item, `${path}[]`)))];
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => membersOf(inner, `${path}.${key}`))];
}

/** Ask the embedded cloud for what a recorded answer shows: a token of the same making, or a list of projects. */
async function counterpartOf(scene: Scene, { input }: RecordedAnswer): Promise<TestAnswer> {
  const { identityUrl, project } = scene.cloud;
  const name = at(input.body, 'token', 'user', 'name');
  const user = name === 'jörg' ? { ...demo, name, password: 'päss wörd<&>' } : demo;
  const scope = at(input.body, 'token', 'project') === undefined ? 'unscoped' : { project: { id: project } };
  const request = loginOf(user, scope);
  if (at(input.body, 'projects') !== undefined) {
    const token = await tokenOf(scene, loginOf(demo, 'unscoped'));
    return call(identityUrl, { method: 'GET', path: '/v3/auth/projects', headers: { 'X-Auth-Token': token } });
  }
  const methods = at(input.body, 'token', 'methods');
  if (Array.isArray(methods) && methods.includes('token')) {
    const id = await tokenOf(scene, loginOf(user, 'unscoped'));
    const auth = { identity: { methods: ['token'], token: { id } }, scope };
    return call(identityUrl, jsonRequest('/v3/auth/tokens', { auth }));
  }
  if (input.status === 201) return call(identityUrl, request);
  const token = await tokenOf(scene, request);
  const headers = { 'X-Auth-Token': token, 'X-Subject-Token': token };
  return call(identityUrl, { method: 'GET', path: '/v3/auth/tokens', headers });
}

test(
  'tokens and projects have the members of those of a live Keystone 22, in their order',
  { skip: noRecordings },
  async (t) => {
    const scene = await startScene(t);
    // The embedded cloud has no trusts.
    const answers = recordings<RecordedAnswer>('identity/response').filter(({ name }) => !name.startsWith('trust-'));
    assert.ok(answers.length > 15);
    for (const recorded of answers) {
      const answer = await counterpartOf(scene, recorded);
      assert.equal(answer.status, recorded.input.status, recorded.name);
      assert.deepEqual(membersOf(JSON.parse(answer.body)), membersOf(recorded.input.body), recorded.name);
      const token = recorded.input.headers?.['X-Subject-Token'];
      assert.equal(answer.headers['x-subject-token']?.length, token?.length, recorded.name);
    }
  },
);

/** The request for each fault that a live Keystone 22 gave; `token` stands for one that is valid. */
const faultRequests: Readonly<Record<string, (token: string) => TestRequest>> = {
  'wrong-password': () => loginOf({ ...demo, password: 'wrong' }, 'unscoped'),
  'unknown-user': () => loginOf({ ...demo, name: 'nobody-of-this-name' }, 'unscoped'),
  'disabled-user': () => loginOf({ ...demo, name: 'disabled' }, 'unscoped'),
  'unknown-project': () => loginOf(demo, { project: { id: 'nope' } }),
  'project-without-role': () =>
    loginOf({ ...demo, name: 'unassigned' }, { project: { name: 'demo', domain: { id: 'default' } } }),
  'domain-unknown': () => loginOf({ ...demo, domain: { id: 'nope' } }, 'unscoped'),
  'token-unknown': () =>
    jsonRequest('/v3/auth/tokens', { auth: { identity: { methods: ['token'], token: { id: 'nope' } } } }),
  'empty-name': () => loginOf({ ...demo, name: '' }, 'unscoped'),
  'cloud-405': () => ({ method: 'PUT', path: '/v3/auth/tokens' }),
  'validate-unknown': (token) => ({
    method: 'GET',
    path: '/v3/auth/tokens',
    headers: { 'X-Auth-Token': token, 'X-Subject-Token': 'nope' },
  }),
  'tenants-bad-token': () => ({ method: 'GET', path: '/v3/auth/projects', headers: { 'X-Auth-Token': 'nope' } }),
  'tenants-no-token': () => ({ method: 'GET', path: '/v3/auth/projects' }),
};

test(
  'faults have the status, header fields and bytes of those of a live Keystone 22',
  { skip: noRecordings },
  async (t) => {
    const scene = await startScene(t);
    const { identityUrl } = scene.cloud;
    const token = await tokenOf(scene, loginOf(demo, 'unscoped'));
    const faults = recordings<RecordedAnswer>('identity/fault').filter(
      ({ name, source }) => source.startsWith('input: live Keystone 22') && Object.hasOwn(faultRequests, name),
    );
    assert.ok(faults.length > 5);
    for (const { name, input } of faults) {
      const answer = await call(identityUrl, faultRequests[name]?.(token) ?? assert.fail(name));
      assert.equal(answer.status, input.status, name);
      assert.equal(answer.body, input.body, name);
      for (const [field, value] of Object.entries(input.headers ?? {})) {
        const expected = value.replace('http://identity.example.com:5000', identityUrl);
        assert.equal(answer.headers[field.toLowerCase()], expected, `${name}: ${field}`);
      }
    }
  },
);
