import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { ownDeserializers } from '../support/own-deserializers.ts';
import { isScalar, type Member, type Shape } from '../../src/schema/shapes.ts';

/** The operations whose requests legacy Nova read with a deserializer of their own. */
const ownDeserializer: ReadonlySet<string> = new Set(Object.values(ownDeserializers).flat());

const all: readonly Operation[] = operations;
const generic = all.filter(({ name, request }) => request !== undefined && !ownDeserializer.has(name));

test('the operations with a deserializer of their own are operations with a request', () => {
  for (const name of ownDeserializer) {
    assert.ok(
      all.some((operation) => operation.name === name && operation.request !== undefined),
      name,
    );
  }
});

for (const { name, request } of generic) {
  test(`${name} takes attributes and child elements alike, as the generic deserializer did`, () => {
    assert.deepEqual(oneWayIn(request?.content, ''), []);
  });
}

/** List the paths that are read from an attribute only, or from a child element only. */
function oneWayIn(shape: Shape | undefined, at: string): string[] {
  if (shape?.kind === 'record') {
    return Object.entries(shape.members).flatMap(([key, member]) => oneWay(member, `${at}.${key}`));
  }
  if (shape?.kind === 'list') return oneWayIn(shape.item, `${at}[]`);
  if (shape?.kind === 'dict') return shape.orNamed === true ? [] : [`${at}: entries are not named`];
  // The root of a rootless message is its only entry, which cannot be an attribute.
  if (shape?.kind === 'named' && shape.isOne !== true) {
    return shape.eitherWay === true ? [] : [`${at}: entries are no attributes`];
  }
  return [];
}

function oneWay(member: Member, at: string): string[] {
  // The text of an element has one place; a member of JSON only has none.
  if (member.place === 'text' || member.place === 'json') return [];
  if (isScalar(member.shape)) return member.eitherWay === true ? [] : [at];
  return oneWayIn(member.shape, at);
}
