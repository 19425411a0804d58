import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessOf, type AccessAnswer } from '../../src/identity/answer/access-of.ts';
import type { CatalogueSettings } from '../../src/identity/answer/catalogue-settings.ts';
import { readV3Token } from '../../src/identity/answer/v3-token.ts';
import { here, oneRegion, project, v3Answer, v3Service } from './fixtures.ts';

const compute = 'http://gateway.example.com:8774/v2/' + project;
const identity = 'http://gateway.example.com:5000/v2.0';

const novaOf = (region: string): string => `http://nova.${region}.example.com:8774/v2.1`;
const image = v3Service('image', 'glance', { A: 'http://glance.a', B: 'http://glance.b' }, ['public']);
const twoRegions = [
  v3Service('compute', 'nova', { A: novaOf('a'), B: novaOf('b') }),
  v3Service('identity', 'keystone', { A: 'http://keystone.a/v3', B: 'http://keystone.b/v3' }),
  image,
];

function answer(catalog: readonly object[], settings: Partial<CatalogueSettings> = {}): AccessAnswer {
  return accessOf(readV3Token(v3Answer({ catalog })), { ...here, ...settings });
}

/** The endpoints of a type: their region, and their three URLs if these are the same. */
function endpointsOf({ access }: AccessAnswer, type: string): unknown {
  return access.serviceCatalog
    .filter((service) => service.type === type)
    .flatMap(({ endpoints = [] }) => endpoints)
    .map(({ region, publicURL, internalURL, adminURL }) =>
      publicURL === internalURL && publicURL === adminURL
        ? [region, publicURL]
        : [region, publicURL, internalURL, adminURL],
    );
}

const droppedBy = ({ notes }: AccessAnswer): string[] =>
  notes
    .filter(({ outcome, member }) => outcome === 'dropped' && member.startsWith('service'))
    .map(({ member }) => member);

test('compute and identity of the only region lead to the gateway in all interfaces', () => {
  const one = answer(oneRegion);
  assert.deepEqual(endpointsOf(one, 'compute'), [['RegionOne', compute]]);
  assert.deepEqual(endpointsOf(one, 'identity'), [['RegionOne', identity]]);
  assert.deepEqual(endpointsOf(one, 'image'), [['RegionOne', 'http://glance.example.com:9292', undefined, undefined]]);
  assert.deepEqual(droppedBy(one), []);
});

test('the region served is that of the setting, else the one behind the gateway, else the only one', () => {
  for (const settings of [{ region: 'B' }, { upstreamHost: 'nova.b.example.com:8774' }]) {
    const served = answer(twoRegions, settings);
    assert.deepEqual(endpointsOf(served, 'compute'), [['B', compute]]);
    assert.deepEqual(endpointsOf(served, 'identity'), [['B', identity]]);
    assert.equal((endpointsOf(served, 'image') as unknown[]).length, 2);
    assert.deepEqual(droppedBy(served), ['serviceCatalog.compute.regions', 'serviceCatalog.identity.regions']);
  }
  assert.deepEqual(
    endpointsOf(answer(twoRegions, { region: 'A', upstreamHost: 'nova.b.example.com:8774' }), 'compute'),
    [['A', compute]],
  );
});

test('several regions without a choice are refused', () => {
  for (const catalog of [twoRegions, [image], [v3Service('computev21', 'nova', { A: novaOf('a'), B: novaOf('b') })]]) {
    for (const upstreamHost of [undefined, 'elsewhere:8774']) {
      assert.throws(() => answer(catalog, { upstreamHost }), { status: 502, reason: 'login-region' });
    }
  }
  const together = [v3Service('compute', 'nova', { A: 'http://nova/a', B: 'http://nova/b' })];
  assert.throws(() => answer(together, { upstreamHost: 'nova' }), { reason: 'login-region' });
});

test('compute and identity are made where the cloud has none', () => {
  const iam = v3Service('identity', 'iam', { '*': 'https://iam.example.com/v3' }, ['public']);
  const ecs = v3Service('ecs', 'ecs', { 'eu-de': 'https://ecs.example.com/v1/x' }, ['public']);
  const made = answer([iam, ecs]);
  assert.deepEqual(endpointsOf(made, 'compute'), [['eu-de', compute]]);
  assert.deepEqual(endpointsOf(made, 'identity'), [['*', identity]]);
  assert.ok(made.notes.some(({ member, outcome }) => member === 'serviceCatalog.compute' && outcome === 'mapped'));
  const empty = answer([], { region: 'X' });
  assert.deepEqual(endpointsOf(empty, 'compute'), [['X', compute]]);
  assert.deepEqual(endpointsOf(empty, 'identity'), [['X', identity]]);
  assert.deepEqual(endpointsOf(answer([]), 'compute'), [[null, compute]]);
});

test('compute of other types is left out, because it leads around the gateway', () => {
  const catalog = ['computev21', 'computev3', 'compute_legacy'].map((type) =>
    v3Service(type, type, { A: novaOf('a') }),
  );
  const own = answer(catalog);
  assert.deepEqual(new Set(own.access.serviceCatalog.map(({ type }) => type)), new Set(['compute', 'identity']));
  assert.deepEqual(endpointsOf(own, 'compute'), [['A', compute]]);
  assert.deepEqual(droppedBy(own), [
    'serviceCatalog.computev21',
    'serviceCatalog.computev3',
    'serviceCatalog.compute_legacy',
  ]);
});

test('compute has the name by which clients look for it', () => {
  const own = answer([v3Service('compute', 'Compute Service', { A: novaOf('a') })]);
  assert.equal(own.access.serviceCatalog.find(({ type }) => type === 'compute')?.name, 'nova');
  assert.ok(own.notes.some(({ member }) => member === 'serviceCatalog.compute.name'));
});

test('a type, a region and an interface of a hostile name are texts like any other', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const services = names.map((name) => v3Service(name, name, { [name]: 'http://x' }, ['public', ...names]));
  const own = answer([...oneRegion, ...services]);
  for (const name of names) {
    assert.deepEqual(endpointsOf(own, name), [[name, 'http://x', undefined, undefined]]);
  }
});

test('notes name members, and neither users nor tokens', () => {
  const { notes } = accessOf(readV3Token(v3Answer({ userName: 'alice-canary', projectName: 'project-canary' })), here);
  assert.ok(notes.length > 3);
  assert.doesNotMatch(JSON.stringify(notes), /canary|gAAAA/);
});

test('a gateway in front of several regions has compute and identity in each', () => {
  const regions = ['B', 'A', 'C'].map((region) => ({ region, computeUrl: `http://gateway/${region}` }));
  const own = answer([...twoRegions, v3Service('compute', 'nova', { D: novaOf('d') })], { regions });
  assert.deepEqual(endpointsOf(own, 'compute'), [
    ['B', `http://gateway/B/v2/${project}`],
    ['A', `http://gateway/A/v2/${project}`],
  ]);
  assert.deepEqual(endpointsOf(own, 'identity'), [
    ['A', identity],
    ['B', identity],
  ]);
  assert.deepEqual(droppedBy(own), ['serviceCatalog.compute.regions']);
  assert.equal((endpointsOf(answer([image], { regions }), 'compute') as unknown[]).length, 3);
});

test('several URLs of one interface are one, with a note', () => {
  const twice = [v3Service('image', 'a', { A: 'http://a' }), v3Service('image', 'b', { A: 'http://b' })];
  const own = answer([...oneRegion.slice(0, 2), ...twice]);
  assert.deepEqual(endpointsOf(own, 'image'), [['A', 'http://b']]);
  assert.equal(own.access.serviceCatalog.find(({ type }) => type === 'image')?.name, 'a');
  assert.deepEqual(droppedBy(own), ['serviceCatalog.endpoints']);
});

test('the number of notes does not depend on the cloud', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`R${at}`, 'http://x']));
  const hostile = ['compute', 'identity', 'computev21', 'x', 'y'].flatMap((type) => [
    v3Service(type, type, many),
    v3Service(type, type, many),
  ]);
  assert.ok(answer(hostile, { region: 'R7' }).notes.length < 15);
});
