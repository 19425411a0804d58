import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base, latest, microversion, requestedVersion, versionText } from '../../src/upstream/microversion.ts';

/** The newer header field, the older one, and the version that they ask for. */
const table: readonly (readonly [string | undefined, string | undefined, string | undefined])[] = [
  [undefined, undefined, undefined],
  ['compute 2.57', undefined, '2.57'],
  ['Compute 2.57', undefined, '2.57'],
  ['  compute   2.57 ', undefined, '2.57'],
  ['volume 3.50,compute 2.57', undefined, '2.57'],
  ['compute 2.57, volume 3.50', undefined, '2.57'],
  [undefined, '2.57', '2.57'],
  [undefined, ' 2.57 ', '2.57'],
  ['compute 2.54', '2.57', '2.54'],
  ['volume 3.50', undefined, undefined],
  ['compute', undefined, undefined],
  ['', undefined, undefined],
  ['volume 3.50', '2.57', '2.57'],
  ['compute 2.1', undefined, '2.1'],
  ['compute 2.100', undefined, '2.100'],
  // A malformed version counts as latest: the cloud refuses it.
  ['compute two', undefined, 'latest'],
  ['compute 2', undefined, 'latest'],
  [undefined, '', 'latest'],
  [undefined, '2.5.7', 'latest'],
];

for (const [newer, older, version] of table) {
  test(`${JSON.stringify(newer)} and ${JSON.stringify(older)} ask for ${version ?? 'nothing'}`, () => {
    const requested = requestedVersion(newer, older);
    assert.equal(requested === undefined ? undefined : versionText(requested), version);
  });
}

test('latest is above all versions, in any case and either header field', () => {
  for (const requested of [requestedVersion('compute latest', undefined), requestedVersion(undefined, 'LATEST')])
    assert.equal(requested, latest);
  assert.ok(latest > microversion('2.999'));
});

test('versions compare as numbers, not as texts', () => {
  const ordered = ['2.1', '2.9', '2.10', '2.57', '2.100', '3.0'];
  assert.deepEqual(
    ordered
      .map(microversion)
      .toSorted((a, b) => a - b)
      .map(versionText),
    ordered,
  );
  assert.equal(versionText(base), '2.1');
});
