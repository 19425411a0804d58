import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formats } from '../../src/schema/formats.ts';
import { kindNames } from '../../src/schema/read/scalars.ts';
import type {
  DatetimeShape,
  DictShape,
  EntryShape,
  ListShape,
  MemberOptions,
  Message,
  NamedShape,
  RecordShape,
  Shape,
  BooleanShape,
  StringShape,
} from '../../src/schema/shapes.ts';
import { everyWord } from './every-word.ts';

type Options =
  | keyof MemberOptions
  | keyof Message
  | keyof StringShape
  | keyof BooleanShape
  | keyof DatetimeShape
  | keyof RecordShape
  | keyof ListShape
  | keyof DictShape
  | keyof EntryShape
  | keyof NamedShape;

/** Every option and flag. A new one that is missing here does not compile. */
const options: Readonly<Record<Options, true>> = {
  xml: true,
  aliases: true,
  xmlBeside: true,
  required: true,
  missing: true,
  nullable: true,
  secret: true,
  always: true,
  emptyStandsFor: true,
  eitherWay: true,
  beside: true,
  root: true,
  content: true,
  isBare: true,
  isOptional: true,
  isUndeclared: true,
  mismatch: true,
  namespaces: true,
  extensions: true,
  kind: true,
  refusal: true,
  format: true,
  formatRefusal: true,
  oneOf: true,
  anyCase: true,
  also: true,
  isUnchecked: true,
  otherwise: true,
  isOne: true,
  isRootless: true,
  withOffset: true,
  quota: true,
  members: true,
  emptyIsAbsent: true,
  mayBeNull: true,
  item: true,
  tag: true,
  wrapped: true,
  value: true,
  key: true,
  valueIn: true,
  inside: true,
  unnamed: true,
  keyQuota: true,
  blankKey: true,
  repeats: true,
  asTruth: true,
  byKey: true,
  ignored: true,
  orNamed: true,
};

const used = everyWord.map(({ message }) => ({ flags: Object.keys(message), shapes: within(message.content) }));

test('the messages of every word have every kind', () => {
  const kinds = used.flatMap(({ shapes }) => shapes.map(({ shape: { kind } }) => kind));
  assert.deepEqual(new Set<string>(kinds), new Set(Object.keys(kindNames)));
});

test('the messages of every word have every format', () => {
  const named = used.flatMap(({ shapes }) =>
    shapes.flatMap(({ shape }) => (shape.kind === 'string' && shape.format !== undefined ? [shape.format] : [])),
  );
  assert.deepEqual(new Set<string>(named), new Set(Object.keys(formats)));
});

test('the messages of every word have every option and flag', () => {
  const found = new Set(used.flatMap(({ flags, shapes }) => [flags, ...shapes.map(({ words }) => words)].flat()));
  assert.deepEqual(
    Object.keys(options).filter((option) => !found.has(option)),
    [],
  );
});

interface Found {
  readonly shape: Shape;
  /** The options of the shape and of its member. */
  readonly words: readonly string[];
}

function within(shape: Shape, member: object = {}): Found[] {
  const own = { shape, words: [...Object.keys(shape), ...Object.keys(member)] };
  switch (shape.kind) {
    case 'record':
      return [own, ...Object.values(shape.members).flatMap((inner) => within(inner.shape, inner))];
    case 'list':
      return [own, ...within(shape.item)];
    case 'dict':
    case 'entry':
    case 'named':
      return [own, ...within(shape.value)];
    case 'nothing':
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return [own];
    default:
      return shape satisfies never;
  }
}
