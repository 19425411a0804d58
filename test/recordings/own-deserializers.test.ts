import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownDeserializers } from '../support/own-deserializers.ts';
import { noRecordings, recordedFile } from '../support/vectors.ts';

test('the deserializers are those that legacy Nova names for its methods', { skip: noRecordings }, () => {
  const document = recordedFile('reference/legacy-xml-api.md').toString('utf8');
  const [, section = ''] = /^## XML request deserializers .*$([\s\S]*?)^## /m.exec(document) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  const methods = rows.slice(1).flatMap((row) => {
    const [, , , usedBy = ''] = row.split('|');
    return [...usedBy.matchAll(/[a-z_]+\.[a-z_]+/g)].map(([method]) => method);
  });
  assert.ok(methods.length > 20);
  assert.deepEqual([...new Set(methods)].toSorted(), Object.keys(ownDeserializers).toSorted());
});
