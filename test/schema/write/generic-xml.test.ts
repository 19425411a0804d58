import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { genericComposer, genericMessage } from '../../../src/schema/write/generic-xml.ts';
import { textOf } from '../../../src/schema/write/write-xml.ts';
import { parseXml } from '../../../src/xml/parse.ts';

function written(root: string, value: unknown): string {
  return textOf(genericComposer(genericMessage(root)).end({ [root]: value }).document);
}

describe('the generic form is that of legacy Nova', () => {
  // From the answers of a live Nova 2014.1 to os-networks and os-instance_usage_audit_log.
  test('a network', () => {
    const network = {
      bridge: 'br100',
      vpn_public_port: 1000,
      updated_at: '2026-11-21T18:03:06.237562',
      deleted_at: null,
      deleted: 0,
      injected: false,
    };
    assert.equal(
      written('networks', [network]),
      '<networks><network><bridge>br100</bridge><vpn_public_port>1000</vpn_public_port>' +
        '<updated_at>2026-11-21 18:03:06.237562</updated_at><deleted_at>None</deleted_at><deleted>False</deleted>' +
        '<injected>False</injected></network></networks>',
    );
  });

  test('an audit log', () => {
    const log = { hosts_not_run: ['9541c24b'], num_hosts: 1, log: {}, period_ending: '2026-11-01 00:00:00' };
    assert.equal(
      written('instance_usage_audit_log', log),
      '<instance_usage_audit_log><hosts_not_run><item>9541c24b</item></hosts_not_run><num_hosts>1</num_hosts><log/>' +
        '<period_ending>2026-11-01 00:00:00</period_ending></instance_usage_audit_log>',
    );
  });

  for (const [value, expected] of [
    [0, 'False'],
    [1, 'True'],
    [null, 'False'],
    ['', 'False'],
    ['0', 'True'],
    [[], 'False'],
    [{ a: 1 }, 'True'],
  ] as const) {
    test(`deleted: ${JSON.stringify(value)} is ${expected}`, () => {
      assert.equal(written('r', { deleted: value }), `<r><deleted>${expected}</deleted></r>`);
    });
  }

  test('a text that only looks like a time stays', () => {
    const texts = { note: '2026-11-21T18:03:06.237562', created_at: '2026-11-21T18:03:06Z' };
    assert.equal(written('r', texts), `<r><note>${texts.note}</note><created_at>${texts.created_at}</created_at></r>`);
  });
});

test('any document is well-formed, whatever its keys and texts', () => {
  const text = fc.string({ unit: 'binary', maxLength: 8 });
  const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 });
  fc.assert(
    fc.property(text, json, (root, value) => {
      assert.ok(parseXml(Buffer.from(written(root, value))).name.length > 0);
    }),
    { numRuns: 300 },
  );
});
