import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { quotas } from '../../src/compute/quotas.ts';
import { faultReasons, presentReason, quotaNames, type FaultReason } from '../../src/fault-reasons.ts';
import { limitOf } from '../../src/observe/fault-families.ts';

const src = join(import.meta.dirname, '../../src');

/** The source without the table itself. */
const source = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && path !== 'fault-reasons.ts')
  .map((path) => readFileSync(join(src, path), 'utf8'))
  .join('\n');

// Object.keys() of a record has the type of any object's; these are the record's own.
const reasons = Object.keys(faultReasons) as FaultReason[];

test('every reason of the table is thrown somewhere', () => {
  const derived = new Set<string>([
    ...quotaNames.map((name) => `quota-${name}`),
    ...reasons.map((reason) => presentReason(reason)).filter((reason) => reason.startsWith('present-')),
  ]);
  // A twin with `present-` is its own twin: only those that are literals in the source remain to be found.
  derived.delete('present-user-data');
  // The status of the cloud's answer chooses between them.
  for (const reason of ['cloud-refusal', 'cloud-error']) derived.add(reason);
  for (const reason of reasons) {
    if (!derived.has(reason))
      assert.ok(source.includes(`reason: '${reason}'`) || source.includes(`= '${reason}'`), reason);
  }
  assert.ok(derived.size > quotaNames.length);
  assert.match(source, /reason: `quota-\$\{quota\.name\}`/);
  assert.match(source, /reason: presentReason\(reason\)/);
  assert.match(source, /reason: cloudReasonOf\(answer\.status\)/);
});

test('every quota is the quota of some member', () => {
  assert.deepEqual(new Set(Object.values(quotas).map(({ name }) => name)), new Set(quotaNames));
});

test('every reason says what happened, whether the cloud may have acted, and what to do', () => {
  const effect =
    /(?:Nothing was (?:sent to the cloud|changed)|nothing was changed|The cloud (?:may have acted|refused))\b/;
  for (const [reason, { meaning, action }] of Object.entries(faultReasons)) {
    assert.match(
      meaning,
      effect,
      `${reason}: its meaning ends with "Nothing was sent to the cloud." or "The cloud may have acted."`,
    );
    assert.match(action, /^[A-Z].*\.$/, reason);
  }
});

test('a limit is counted by the setting of its quota, or by its reason', () => {
  assert.equal(limitOf('quota-metadata.maxItems'), 'metadata.maxItems');
  assert.equal(limitOf('gateway-busy'), 'gateway-busy');
  assert.equal(limitOf('cloud-refusal'), undefined);
  assert.equal(limitOf('present-cloud-too-large'), undefined);
});
