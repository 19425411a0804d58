import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, sources } from './sources.ts';

const exported = /^export (?:async )?(?:function\*?|const|class|interface|type) (?<name>\w+)/gm;

/** Names that several files export, and why. A name may stay here only where it means the same in all of them. */
const shared: Readonly<Record<string, string>> = {
  Step: 'to be renamed: of a plan in upstream/plan.ts, a middleware in http/exchange/step.ts',
  element: 'to be renamed: a place in schema/words.ts, a printer in schema/write/print-xml.ts',
  isPlain: 'to be renamed: of an answer in upstream/cloud-answer.ts, of a text in xml/escape.ts',
};

test('each exported name is exported by one file', () => {
  const found = sources.flatMap((source) =>
    [...codeOf(source).matchAll(exported)].map(({ groups }) => ({ name: groups?.['name'] ?? '', source })),
  );
  assert.ok(found.length > 400);
  const collisions = [...Map.groupBy(found, ({ name }) => name)].filter(
    ([, places]) => new Set(places.map(({ source }) => source)).size > 1,
  );
  assert.deepEqual(
    collisions.map(([name]) => name).toSorted(),
    Object.keys(shared).toSorted(),
    collisions.map(([name, places]) => `${name}: ${places.map(({ source }) => source).join(', ')}`).join('\n'),
  );
});

test('no file exports by a list, which would hide a name from the test above', () => {
  for (const source of sources) assert.doesNotMatch(codeOf(source), /^export (?:(?:type|const) )?[{*]/m, source);
});
