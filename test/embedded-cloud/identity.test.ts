import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Scene, at, send, startScene } from './cloud-caller.ts';
import { askIdentity, logInAs, postIdentity, projectNamed, tokenIn } from './identity-caller.ts';

const dayMs = 86_400_000;
const demo = projectNamed('demo', 'Default');

test('refused logins are counted, one for each try, and every request is recorded as it was sent', async (t) => {
  const { cloud } = await startScene(t);
  await logInAs(cloud, { password: 'wrong' });
  await logInAs(cloud, { name: 'disabled' });
  await logInAs(cloud, { name: 'unassigned' }, demo);
  await postIdentity(cloud, '/v3/auth/tokens', { auth: { identity: { methods: ['token'], token: { id: 'x' } } } });
  assert.equal(cloud.identity.failedLogins(), 4);
  await logInAs(cloud, { password: 5 });
  tokenIn(await logInAs(cloud, {}, demo));
  assert.equal(cloud.identity.failedLogins(), 4);
  assert.equal(cloud.identity.received.length, 6);
  assert.equal(cloud.received.length, 0);
  const [first] = cloud.identity.received;
  assert.equal(first?.path, '/v3/auth/tokens');
  assert.equal(at(JSON.parse(first?.body ?? ''), 'auth', 'identity', 'password', 'user', 'password'), 'wrong');
});

test('a user without a default project is unscoped unless the login has a scope; one with it must say unscoped', async (t) => {
  const { cloud } = await startScene(t);
  const user = { name: 'jörg', password: 'päss wörd<&>' };
  for (const { named, scope, project } of [
    { named: {}, scope: undefined, project: undefined },
    { named: user, scope: undefined, project: 'demo' },
    { named: user, scope: 'unscoped', project: undefined },
  ]) {
    const { body } = await logInAs(cloud, named, scope);
    assert.equal(at(JSON.parse(body), 'token', 'project', 'name'), project, body);
  }
});

test('an answer is ASCII, as that of a program in Python', async (t) => {
  const { cloud } = await startScene(t);
  const { body } = await logInAs(cloud, { name: 'jörg', password: 'päss wörd<&>' }, 'unscoped');
  assert.match(body, /"name": "j\\u00f6rg"/);
});

test('the catalogue names the compute service, which accepts the token there', async (t) => {
  const { cloud } = await startScene(t, 'nova', true);
  const answer = await logInAs(cloud, {}, demo);
  const catalog = at(JSON.parse(answer.body), 'token', 'catalog');
  assert.ok(Array.isArray(catalog));
  const compute: unknown = catalog.find((service: unknown) => at(service, 'type') === 'compute');
  const url = String(at(compute, 'endpoints', '0', 'url'));
  assert.equal(url, `${cloud.url}/v2.1/${cloud.project}`);
  const headers = { 'X-Auth-Token': tokenIn(answer) };
  const reply = await send(cloud, { path: `${new URL(url).pathname}/servers`, headers });
  assert.equal(reply.status, 200, reply.body);
  assert.match(reply.body, /web-1/);
});

/** Ask the compute service for the servers of a project with a token. */
async function serversOf({ cloud }: Scene, token: string, project = cloud.project): Promise<readonly [number, string]> {
  const reply = await send(cloud, { path: `/v2.1/${project}/servers`, headers: { 'X-Auth-Token': token } });
  if (reply.status === 401) {
    assert.equal(reply.headers['www-authenticate'], `Keystone uri="${cloud.identityUrl}/v3"`);
    assert.equal(at(reply.document, 'error', 'message'), 'The request you have made requires authentication.');
  }
  return [reply.status, reply.body];
}

test('a compute service that requires a login accepts live tokens only', async (t) => {
  const scene = await startScene(t, 'nova', true);
  const { cloud, clock } = scene;
  assert.equal((await serversOf(scene, 'any'))[0], 401);
  const [revoked, expired] = [tokenIn(await logInAs(cloud, {}, demo)), tokenIn(await logInAs(cloud, {}, demo))];
  assert.equal((await serversOf(scene, revoked))[0], 200);
  assert.equal((await askIdentity(cloud, '/v3/auth/tokens', expired, revoked, 'DELETE')).status, 204);
  assert.equal((await serversOf(scene, revoked))[0], 401);
  clock.now += dayMs - 1;
  assert.equal((await serversOf(scene, expired))[0], 200);
  clock.now += 1;
  assert.equal((await serversOf(scene, expired))[0], 401);
  assert.equal((await askIdentity(cloud, '/v3/auth/projects', expired)).status, 401);
});

test('a compute service that requires no login accepts any token', async (t) => {
  const scene = await startScene(t);
  assert.equal((await serversOf(scene, 'any'))[0], 200);
});

test('a token is for its own project, and other projects are empty', async (t) => {
  const scene = await startScene(t, 'nova', true);
  const { cloud } = scene;
  const second = cloud.identity.projects.find(({ name }) => name === 'second')?.id ?? '';
  const token = tokenIn(await logInAs(cloud, {}, projectNamed('second', 'Default')));
  assert.deepEqual(await serversOf(scene, token, second), [200, '{"servers":[]}']);
  for (const { used, context } of [
    { used: token, context: second },
    { used: tokenIn(await logInAs(cloud, {}, 'unscoped')), context: 'None' },
  ]) {
    const [status, body] = await serversOf(scene, used);
    assert.equal(status, 400);
    assert.ok(body.includes(`doesn't match Context's project_id '${context}'`), body);
  }
});

test('a user who is disabled has no live token', async (t) => {
  const { cloud } = await startScene(t);
  const token = tokenIn(await logInAs(cloud, {}, demo));
  const [user] = cloud.identity.users;
  assert.ok(user !== undefined);
  user.enabled = false;
  assert.equal((await askIdentity(cloud, '/v3/auth/projects', token)).status, 401);
});
