import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { rebuild } from '../../src/compute/operations/rebuild.ts';
import { isFields, type Fields } from '../../src/schema/fields.ts';
import { ecsProfile } from '../../src/upstream/profiles/ecs.ts';
import { normalize, type Normalized } from '../../src/upstream/normalize.ts';
import { novaProfile } from '../../src/upstream/profiles/nova.ts';
import { plan } from '../../src/upstream/plan.ts';
import { membersOf, type Profile } from '../../src/upstream/profile.ts';

const rules = { permissions: '0440', maxBytes: 32_768 };
const ecs = ecsProfile(rules);
const nova = novaProfile('native', rules);

const everything = {
  imageRef: '70a599e0-31e7-49b7-b260-868f441e862b',
  name: ' x ',
  adminPass: 'p',
  accessIPv4: '1.2.3.4',
  accessIPv6: '::1',
  'OS-DCF:diskConfig': 'AUTO',
  preserve_ephemeral: false,
  metadata: { a: 'b' },
  personality: [{ path: '/a', contents: 'eA==' }],
};

/** Normalize a request with members, and assert that the result has members too. */
interface NormalizedMembers extends Normalized {
  readonly content: Fields;
}

function normalized(profile: Profile, value: Readonly<Record<string, unknown>>, present = {}): NormalizedMembers {
  const { content, notes } = normalize(plan(value, membersOf(profile, rebuild), undefined, 'rebuild'), present);
  assert.ok(isFields(content));
  return { content, notes };
}

test('nova gets all members of legacy Nova, and the name without the white space that it refuses', () => {
  const { content, notes } = normalized(nova, everything);
  assert.deepEqual(content, { ...everything, name: 'x' });
  assert.deepEqual(
    notes.map(({ member, outcome }) => [member, outcome]),
    [['name', 'rewritten']],
  );
});

test('a name that needs no change is not noted', () => {
  assert.deepEqual(normalized(nova, { ...everything, name: 'x' }).notes, []);
});

test('ecs gets no members that it does not have, and files in user_data, each with a note', () => {
  const { content, notes } = normalized(ecs, everything);
  assert.deepEqual(Object.keys(content), ['imageRef', 'name', 'adminPass', 'metadata', 'user_data']);
  assert.equal(content['name'], 'x');
  assert.deepEqual(
    notes.map(({ member, outcome, to }) => [member, outcome, to]),
    [
      ['name', 'rewritten', undefined],
      ['adminPass', 'ineffective', undefined],
      ['accessIPv4', 'dropped', undefined],
      ['accessIPv6', 'dropped', undefined],
      ['OS-DCF:diskConfig', 'dropped', undefined],
      ['preserve_ephemeral', 'dropped', undefined],
      ['personality', 'mapped', 'user_data'],
      ['user_data', 'replaced', undefined],
    ],
  );
});

test('notes name members and never values', () => {
  const secret = {
    ...everything,
    accessIPv4: '9.8.7.6',
    adminPass: 'seekr3t',
    personality: [{ path: '/sEcret', contents: 'c2Vla3IzdA==' }],
  };
  assert.doesNotMatch(JSON.stringify(normalized(ecs, secret).notes), /9\.8\.7\.6|seekr3t|sEcret|c2Vla3IzdA/);
});

test('files without a path are noted by their index, as dropped', () => {
  const personality = [everything.personality[0], { path: '', contents: 'eA==' }];
  const { notes } = normalized(ecs, { imageRef: everything.imageRef, personality });
  assert.deepEqual(
    notes.map(({ member, outcome }) => [member, outcome]),
    [
      ['personality', 'mapped'],
      ['user_data', 'replaced'],
      ['personality.1', 'dropped'],
    ],
  );
});

test("files are joined to the caller's user data, else to the server's", () => {
  const script = Buffer.from('#!/bin/sh\necho caller\n').toString('base64');
  const present = { 'OS-EXT-SRV-ATTR:user_data': Buffer.from('#!/bin/sh\necho server\n').toString('base64') };
  const decoded = (value: object): string => {
    const { content } = normalized(ecs, { ...everything, ...value }, present);
    return Buffer.from(String(content['user_data']), 'base64').toString();
  };
  assert.match(decoded({ user_data: script }), /echo caller/);
  assert.doesNotMatch(decoded({ user_data: script }), /echo server/);
  assert.match(decoded({}), /echo server/);
  assert.doesNotMatch(decoded({ user_data: null }), /echo/);
});

test('user data of the server is replaced unseen only where the cloud does not show it, and the caller gives none', () => {
  const { imageRef, personality } = everything;
  const noted = (value: object, present: object): boolean =>
    normalized(ecs, { imageRef, personality, ...value }, present).notes.some(({ outcome }) => outcome === 'replaced');
  assert.equal(noted({}, {}), true);
  assert.equal(noted({}, { 'OS-EXT-SRV-ATTR:user_data': null }), false);
  assert.equal(noted({}, { 'OS-EXT-SRV-ATTR:user_data': 'eA==' }), false);
  assert.equal(noted({ user_data: 'eA==' }, {}), false);
  assert.equal(noted({ user_data: null }, {}), false);
  assert.equal(noted({ personality: [] }, {}), false);
});

for (const [cloud, profile] of [
  ['ecs', ecs],
  ['nova', nova],
] as const) {
  const size = (bytes: number): unknown =>
    normalized(profile, { imageRef: everything.imageRef, user_data: Buffer.alloc(bytes, 'x').toString('base64') });

  test(`user data of exactly the limit reaches ${cloud}, and one byte more is 413, without files, too`, () => {
    size(rules.maxBytes);
    assert.throws(
      () => size(rules.maxBytes + 1),
      (error) => error instanceof Fault && error.status === 413 && error.reason === 'quota-user-data',
    );
  });
}

test('user data over the limit is joined with files if both fit compressed', () => {
  const user_data = Buffer.alloc(rules.maxBytes + 1, 'x').toString('base64');
  const { content } = normalized(ecs, { ...everything, user_data });
  assert.ok(String(content['user_data']).length < 1000);
});

for (const [cloud, profile] of [
  ['ecs', ecs],
  ['nova with files as user_data', novaProfile('user-data', rules)],
] as const) {
  test(`every operation of ${cloud} that takes files has a treatment for them`, () => {
    const withFiles = operations.filter(
      ({ request }: Operation) => request?.content.kind === 'record' && 'personality' in request.content.members,
    );
    assert.ok(withFiles.length > 2);
    for (const operation of withFiles) assert.equal(membersOf(profile, operation)['personality']?.kind, 'carry');
  });
}

test('the value of the caller is not changed', () => {
  const before = structuredClone(everything);
  normalized(ecs, everything);
  assert.deepEqual(everything, before);
});

test('a content without members is forwarded as a whole', () => {
  for (const whole of [null, 'x', ['a', 'b'], false, 0]) {
    const { content, notes } = normalize(plan(whole, {}, undefined, 'pause'), {});
    assert.deepEqual(content, whole);
    assert.deepEqual(notes, []);
  }
});

test('a request without a content has none', () => {
  assert.equal(normalize(plan(undefined, {}, undefined, 'pause'), {}).content, undefined);
});

test('a map is forwarded with all its entries, whatever their keys', () => {
  const map: unknown = JSON.parse('{"__proto__":"1","constructor":"2"}');
  const { content } = normalize(plan(map, {}, undefined, 'metadata'), {});
  assert.equal(JSON.stringify(content), JSON.stringify(map));
});
