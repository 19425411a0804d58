import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, sources } from './sources.ts';

const exported = /^export (?:async )?(?:function\*?|const|class|interface|type) (?<name>\w+)/gm;

test('each exported name is exported by one file', () => {
  const found = sources.flatMap((source) =>
    [...codeOf(source).matchAll(exported)].map(({ groups }) => ({ name: groups?.['name'] ?? '', source })),
  );
  assert.ok(found.length > 400);
  const collisions = [...Map.groupBy(found, ({ name }) => name)].filter(
    ([, places]) => new Set(places.map(({ source }) => source)).size > 1,
  );
  assert.deepEqual(
    collisions.map(([name, places]) => `${name}: ${places.map(({ source }) => source).join(', ')}`),
    [],
  );
});

test('no file exports by a list, which would hide a name from the test above', () => {
  for (const source of sources) assert.doesNotMatch(codeOf(source), /^export (?:(?:type|const) )?[{*]/m, source);
});
