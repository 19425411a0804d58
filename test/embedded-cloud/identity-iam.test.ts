import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestAnswer } from '../support/http.ts';
import { at, startScene } from './cloud-caller.ts';
import { askIdentity, logInAs, projectNamed, tokenIn } from './identity-caller.ts';

const documentOf = ({ body }: TestAnswer): unknown => JSON.parse(body);

test('IAM takes a project by its name alone, and sends a token of several KB', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const answer = await logInAs(cloud, {}, projectNamed('demo'));
  const token = tokenIn(answer);
  assert.match(token, /^MIIPAgYJKoZIhvcNAQcC[\w+-]{4000,6000}$/);
  const document = documentOf(answer);
  assert.equal(at(document, 'token', 'project', 'id'), cloud.project);
  assert.equal(at(document, 'token', 'project', 'domain', 'name'), cloud.identity.domain);
  assert.deepEqual(Object.keys(at(document, 'token') ?? {}), [
    'methods',
    'user',
    'expires_at',
    'issued_at',
    'project',
    'roles',
    'catalog',
  ]);
  assert.equal((await askIdentity(cloud, '/v3/auth/tokens', token)).status, 200);
});

test('IAM needs the domain of a user by its name', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const id = at(documentOf(await logInAs(cloud)), 'token', 'user', 'domain', 'id');
  for (const domain of [{ id }, undefined]) {
    const answer = await logInAs(cloud, { domain }, projectNamed('demo'));
    assert.equal(answer.status, 400, answer.body);
  }
  assert.equal((await logInAs(cloud, { domain: { name: 'default' } }, projectNamed('demo'))).status, 401);
  assert.equal(cloud.identity.failedLogins(), 1);
});

test('IAM gives a token for the domain without a scope, and refuses the word unscoped', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  for (const scope of [undefined, {}, { domain: { name: cloud.identity.domain } }]) {
    const document = documentOf(await logInAs(cloud, {}, scope));
    assert.equal(at(document, 'token', 'domain', 'name'), cloud.identity.domain);
    assert.equal(at(document, 'token', 'project'), undefined);
  }
  assert.equal((await logInAs(cloud, {}, 'unscoped')).status, 400);
});

test('of a project and a domain IAM takes the project', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const scope = { domain: { name: cloud.identity.domain }, project: { id: cloud.project } };
  assert.equal(at(documentOf(await logInAs(cloud, {}, scope)), 'token', 'project', 'name'), 'demo');
});

test('the catalogue of IAM has public endpoints only, and ecs beside compute', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const answer = await logInAs(cloud, {}, projectNamed('demo'), '?nocatalog=');
  const catalog = at(documentOf(answer), 'token', 'catalog');
  assert.ok(Array.isArray(catalog));
  const found = catalog.map((service: unknown) => {
    const endpoint: unknown = at(service, 'endpoints', '0');
    return [at(service, 'type'), at(endpoint, 'region'), at(endpoint, 'url')];
  });
  assert.deepEqual(found, [
    ['identity', '*', `${cloud.identityUrl}/v3`],
    ['compute', 'eu-de', `${cloud.url}/v2.1/${cloud.project}`],
    ['ecs', 'eu-de', `${cloud.url}/v1/${cloud.project}`],
    ['image', 'eu-de', 'http://glance.example.com'],
  ]);
  const interfaces = JSON.stringify(catalog).match(/(?<="interface":")\w+/g);
  assert.deepEqual(interfaces, ['public', 'public', 'public', 'public']);
  const without = await logInAs(cloud, {}, projectNamed('demo'), '?nocatalog=true');
  assert.equal(at(documentOf(without), 'token', 'catalog'), undefined);
});
