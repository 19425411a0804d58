import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rebuild } from '../../src/compute/operations/rebuild.ts';
import { Fault } from '../../src/fault.ts';
import { ecsProfile } from '../../src/upstream/profiles/ecs.ts';
import { lostMembers } from '../../src/upstream/lost-members.ts';
import { microversion, versionText } from '../../src/upstream/microversion.ts';
import { novaProfile } from '../../src/upstream/profiles/nova.ts';
import { plan, type Plan } from '../../src/upstream/plan.ts';
import { membersOf } from '../../src/upstream/profile.ts';

const rules = { permissions: '0440', maxBytes: 32_768 };
const profiles = {
  ecs: ecsProfile(rules),
  nova: novaProfile('native', rules),
  'nova, always user_data': novaProfile('user-data', rules),
};
type Cloud = keyof typeof profiles;

const image = { imageRef: '70a599e0-31e7-49b7-b260-868f441e862b' };
const legacy = { ...image, name: 'x', adminPass: 'p', accessIPv4: '1.2.3.4', accessIPv6: '::1', metadata: {} };
const personality = [{ path: '/a', contents: 'eA==' }];

function planned(cloud: Cloud, value: Readonly<Record<string, unknown>>, requested?: string): Plan {
  const version = requested === undefined ? undefined : microversion(requested);
  return plan(value, membersOf(profiles[cloud], rebuild), version, 'rebuild');
}

/** The cloud, the request, the lowest microversion that takes it, and the members that are carried inside another. */
const least: readonly (readonly [Cloud, string, Readonly<Record<string, unknown>>, string, readonly string[]])[] = [
  ['nova', 'what legacy Nova had', legacy, '2.1', []],
  [
    'nova',
    'disk config and ephemeral disks',
    { ...image, 'OS-DCF:diskConfig': 'AUTO', preserve_ephemeral: true },
    '2.1',
    [],
  ],
  ['nova', 'files', { ...image, personality }, '2.1', []],
  ['nova', 'no files', { ...image, personality: [] }, '2.1', []],
  ['nova', 'a key', { ...image, key_name: 'k' }, '2.54', []],
  ['nova', 'the removal of a key', { ...image, key_name: null }, '2.54', []],
  ['nova', 'a key and files', { ...image, key_name: 'k', personality }, '2.54', []],
  ['nova', 'user data', { ...image, user_data: 'eA==' }, '2.57', []],
  ['nova', 'the removal of user data', { ...image, user_data: null }, '2.57', []],
  ['nova', 'user data and files', { ...image, user_data: 'eA==', personality }, '2.57', ['personality']],
  ['nova', 'user data and no files', { ...image, user_data: 'eA==', personality: [] }, '2.57', []],
  ['nova, always user_data', 'what legacy Nova had', legacy, '2.1', []],
  ['nova, always user_data', 'files', { ...image, personality }, '2.57', ['personality']],
  ['ecs', 'what legacy Nova had', legacy, '2.1', []],
  ['ecs', 'files', { ...image, personality }, '2.57', ['personality']],
  ['ecs', 'files without a path', { ...image, personality: [{ path: '', contents: '' }] }, '2.1', []],
  ['ecs', 'no files', { ...image, personality: [] }, '2.1', []],
  ['ecs', 'a key', { ...image, key_name: 'k' }, '2.54', []],
  ['ecs', 'a key and files', { ...image, key_name: 'k', personality }, '2.57', ['personality']],
  ['ecs', 'user data', { ...image, user_data: 'eA==' }, '2.57', []],
];

for (const [cloud, title, value, version, carried] of least) {
  test(`${cloud}: ${title} needs microversion ${version}`, () => {
    const result = planned(cloud, value);
    assert.equal(versionText(result.microversion), version);
    assert.equal(result.isCallers, false);
    assert.deepEqual(carriedMembers(result), carried);
  });
}

/** The version that the caller asks for, which is used as it is, and the members that are carried at it. */
const requested: readonly (readonly [Cloud, Readonly<Record<string, unknown>>, string, readonly string[]])[] = [
  ['nova', legacy, '2.90', []],
  ['nova', { ...image, personality }, '2.56', []],
  ['nova', { ...image, personality }, '2.57', ['personality']],
  ['nova', { ...image, personality }, '2.90', ['personality']],
  ['nova', { ...image, user_data: 'eA==' }, '2.30', []],
  ['nova', { ...image, key_name: 'k' }, '2.1', []],
  ['ecs', { ...image, personality }, '2.60', ['personality']],
  ['ecs', { ...image, personality: [] }, '2.1', []],
];

for (const [cloud, value, version, carried] of requested) {
  test(`${cloud}: ${Object.keys(value).join(', ')} is sent with the ${version} that the caller asks for`, () => {
    const result = planned(cloud, value, version);
    assert.equal(versionText(result.microversion), version);
    assert.equal(result.isCallers, true);
    assert.deepEqual(carriedMembers(result), carried);
  });
}

test('latest is used as it is, and files are carried there', () => {
  const result = plan(
    { ...image, personality },
    membersOf(profiles.nova, rebuild),
    Number.POSITIVE_INFINITY,
    'rebuild',
  );
  assert.deepEqual(carriedMembers(result), ['personality']);
});

test('a version that cannot carry files is refused with the member, the version needed and the one asked for', () => {
  for (const [cloud, version] of [
    ['ecs', '2.56'],
    ['ecs', '2.1'],
    ['nova, always user_data', '2.30'],
  ] as const) {
    assert.throws(
      () => planned(cloud, { ...image, personality }, version),
      (error) =>
        error instanceof Fault &&
        error.status === 400 &&
        /personality: .*2\.57/.test(error.message) &&
        error.message.includes(version),
    );
  }
});

test('a member that no table names is forwarded unchanged', () => {
  const { direct } = planned('ecs', { ...image, description: 'x', constructor: 1, toString: 2 }, '2.19');
  assert.deepEqual(
    direct.map(({ member, treatment }) => [member, treatment.kind]),
    [
      ['imageRef', 'forward'],
      ['description', 'forward'],
      ['constructor', 'forward'],
      ['toString', 'forward'],
    ],
  );
});

test('the flavor is lost from 2.47 on, unless the caller chose the version', () => {
  assert.deepEqual(lostMembers('server', planned('ecs', legacy)), []);
  assert.deepEqual(lostMembers('server', planned('ecs', { ...image, key_name: 'k' })), ['flavor']);
  assert.deepEqual(lostMembers('server', planned('ecs', { ...image, key_name: 'k' }, '2.60')), []);
  assert.deepEqual(lostMembers('keypair', planned('ecs', { ...image, key_name: 'k' })), []);
});

test('a part that cannot be carried is noted with its path', () => {
  const value = { ...image, personality: [{ path: '', contents: '' }, ...personality] };
  assert.deepEqual(planned('ecs', value).omitted, [
    { member: 'personality.0', outcome: 'dropped', text: 'personality.0 was dropped: it has no path' },
  ]);
  assert.deepEqual(planned('nova', value).omitted, []);
});

function carriedMembers({ carried }: Plan): string[] {
  return carried.map(({ member }) => member);
}
