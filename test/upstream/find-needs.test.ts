import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { jsonReader } from '../../src/schema/read/read-json.ts';
import { findNeeds } from '../../src/upstream/find-needs.ts';
import { microversion } from '../../src/upstream/microversion.ts';
import { plan } from '../../src/upstream/plan.ts';
import { membersOf, type Profile } from '../../src/upstream/profile.ts';
import { ecsProfile } from '../../src/upstream/profiles/ecs.ts';
import { novaProfile } from '../../src/upstream/profiles/nova.ts';
import { freshReading } from '../schema/fresh-reading.ts';

const rules = { permissions: '0440', maxBytes: 32_768 };
const nova = novaProfile('native', rules);
const novaByUserData = novaProfile('user-data', rules);
const ecs = ecsProfile(rules);
const id = '70a599e0-31e7-49b7-b260-868f441e862b';
const files = [{ path: '/a', contents: 'aGVsbG8K' }];

/** Find the needs of a request in JSON. */
function needsOf(profile: Profile, name: string, content: object, path: 'v2' | 'v2.1', asked?: string): string[] {
  const operation = (operations as readonly Operation[]).find((candidate) => candidate.name === name);
  assert.ok(operation?.request !== undefined);
  const { root, content: shape } = operation.request;
  const reading = freshReading({ keepUnknown: path === 'v2.1' });
  const value = jsonReader(shape)(content, root, reading);
  const version = asked === undefined ? undefined : microversion(asked);
  const found = new Set<string>();
  const planned = plan(value, membersOf(profile, operation), version, root);
  findNeeds({ plan: planned, forms: reading.legacyForms, path, asked: version }, (need) => found.add(need));
  return [...found];
}

type Row = readonly [what: string, Profile, operation: string, content: object, onV2: string[], onV21: string[]];

const rebuild = { imageRef: id };
const rows: readonly Row[] = [
  ['an id', nova, 'rebuild', rebuild, [], []],
  ['a URL', nova, 'rebuild', { imageRef: `http://h/images/${id}` }, ['url-reference'], ['url-reference']],
  ['an id in capitals', nova, 'rebuild', { imageRef: id.toUpperCase() }, ['spelling:imageRef'], ['spelling:imageRef']],
  [
    'a short address',
    nova,
    'rebuild',
    { ...rebuild, accessIPv4: '10.1' },
    ['spelling:accessIPv4'],
    ['spelling:accessIPv4'],
  ],
  ['a short address that is dropped', ecs, 'rebuild', { ...rebuild, accessIPv4: '10.1' }, [], ['dropped:accessIPv4']],
  ['a password without effect', ecs, 'rebuild', { ...rebuild, adminPass: 'x' }, [], []],
  ['a spaced name', nova, 'rebuild', { ...rebuild, name: ' a ' }, [], ['spelling:name']],
  ['a name', nova, 'rebuild', { ...rebuild, name: 'a' }, [], []],
  ['an unknown member', nova, 'rebuild', { ...rebuild, gadget: 1 }, [], []],
  ['a key', nova, 'rebuild', { ...rebuild, key_name: 'k' }, ['microversion:key_name'], ['microversion:key_name']],
  ['files', nova, 'rebuild', { ...rebuild, personality: files }, [], []],
  [
    'files with user data',
    nova,
    'rebuild',
    { ...rebuild, personality: files, user_data: 'eA==' },
    ['microversion:user_data', 'mapped:personality'],
    ['microversion:user_data', 'mapped:personality'],
  ],
  [
    'files by user data',
    novaByUserData,
    'rebuild',
    { ...rebuild, personality: files },
    ['mapped:personality'],
    ['mapped:personality'],
  ],
  [
    'files for an ECS',
    ecs,
    'createServer',
    { name: 'a', flavorRef: '1', personality: files },
    ['mapped:personality'],
    ['mapped:personality'],
  ],
  [
    'files without a path',
    ecs,
    'rebuild',
    { ...rebuild, personality: [{ path: '', contents: '' }] },
    [],
    ['dropped:personality'],
  ],
  [
    't as a boolean',
    nova,
    'createServer',
    { name: 'a', flavorRef: '1', config_drive: 't' },
    ['spelling:config_drive'],
    ['spelling:config_drive'],
  ],
  ['a flavor by URL', nova, 'createServer', { name: 'a', flavorRef: 'http://h/flavors/1' }, [], []],
  ['a resize by URL', nova, 'resize', { flavorRef: 'http://h/flavors/1' }, ['url-reference'], ['url-reference']],
  [
    'an empty key',
    nova,
    'createServer',
    { name: 'a', flavorRef: '1', key_name: '' },
    ['spelling:key_name'],
    ['spelling:key_name'],
  ],
  ['no image', nova, 'createServer', { name: 'a', flavorRef: '1', imageRef: '' }, [], []],
  [
    'user data of null',
    nova,
    'createServer',
    { name: 'a', flavorRef: '1', user_data: null },
    [],
    ['spelling:user_data'],
  ],
  [
    'a spelling in a list',
    nova,
    'createServer',
    { name: 'a', flavorRef: '1', block_device_mapping_v2: [{ boot_index: ' 0' }] },
    ['spelling:block_device_mapping_v2'],
    ['spelling:block_device_mapping_v2'],
  ],
  ['an empty address', nova, 'updateServer', { accessIPv4: '' }, ['dropped:accessIPv4'], ['dropped:accessIPv4']],
  ['an address', nova, 'updateServer', { accessIPv4: '10.0.0.1' }, [], []],
];

describe('the needs of the members of a request', () => {
  for (const [what, profile, operation, content, onV2, onV21] of rows) {
    test(`${operation} of ${profile.name} with ${what}`, () => {
      assert.deepEqual(needsOf(profile, operation, content, 'v2'), onV2);
      assert.deepEqual(needsOf(profile, operation, content, 'v2.1'), onV21);
    });
  }

  test('at the microversion that the caller asked for', () => {
    const withFiles = { ...rebuild, personality: files };
    assert.deepEqual(needsOf(nova, 'rebuild', withFiles, 'v2.1', '2.57'), ['mapped:personality']);
    assert.deepEqual(needsOf(nova, 'rebuild', withFiles, 'v2.1', '2.56'), []);
    assert.deepEqual(needsOf(nova, 'rebuild', { ...rebuild, key_name: 'k' }, 'v2.1', '2.54'), []);
    // The cloud refuses it on both ways.
    assert.deepEqual(needsOf(nova, 'rebuild', { ...rebuild, key_name: 'k' }, 'v2.1', '2.10'), []);
  });
});
