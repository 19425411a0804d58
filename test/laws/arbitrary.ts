import { isIPv6 } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import type { FormatName } from '../../src/schema/formats.ts';
import type { DictShape, Member, RecordShape, Shape, StringShape } from '../../src/schema/shapes.ts';
import { anyText, xmlText } from './texts.ts';

/** Which values of a description are drawn. */
export interface Domain {
  readonly text: fc.Arbitrary<string>;
  /** Drawn for every scalar, whatever its kind; undefined for the kind's own values. */
  readonly scalar: fc.Arbitrary<unknown> | undefined;
  readonly has: (member: Member) => boolean;
  readonly isAlwaysThere: (member: Member) => boolean;
  /** What else may stand in a member's place. */
  readonly besides: (member: Member) => readonly unknown[];
  /** Whether members that the description does not name occur. */
  readonly strangers: boolean;
}

/**
 * The values that XML can hold and gives back: every scalar in its normal form and of XML's characters; no null, which is
 * written as the text None; no member that only JSON has. What XML cannot show to be absent is there: a member that is
 * always written, and a list or map without an element of its own around it.
 */
export const inXml: Domain = {
  text: xmlText,
  scalar: undefined,
  has: ({ place }) => place !== 'json',
  isAlwaysThere: ({ required, always, place }) => required === true || always === true || place === 'inline',
  besides: (member) => ('emptyStandsFor' in member ? [''] : []),
  strangers: false,
};

/** The values that JSON gives back: every scalar in its normal form, of any characters; null where it means something. */
export const inJson: Domain = {
  text: anyText,
  scalar: undefined,
  has: () => true,
  isAlwaysThere: ({ required }) => required === true,
  besides: (member) => [...('emptyStandsFor' in member ? [''] : []), ...(member.nullable === true ? [null] : [])],
  strangers: false,
};

/** What a cloud may answer: objects and lists where the description has them, and in the place of scalars anything. */
export const fromClouds: Domain = {
  text: anyText,
  scalar: fc.oneof(
    anyText,
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
  ),
  has: () => true,
  isAlwaysThere: () => false,
  besides: (member) => ('emptyStandsFor' in member ? ['', null] : [null]),
  strangers: true,
};

/** The values of a description, by nothing but the description. */
export function valuesOf(shape: Shape, domain: Domain): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return domain.scalar ?? textsOf(shape, domain.text);
    case 'base64':
      return domain.scalar ?? fc.base64String();
    case 'boolean':
      return domain.scalar ?? fc.boolean();
    case 'integer':
      return domain.scalar ?? fc.maxSafeInteger();
    case 'list':
      return fc.array(valuesOf(shape.item, domain), { maxLength: 4 });
    case 'dict':
      return dictsOf(shape, domain);
    case 'record':
      return recordsOf(shape, domain);
    default:
      return shape satisfies never;
  }
}

function recordsOf({ members }: RecordShape, domain: Domain): fc.Arbitrary<unknown> {
  const drawn = Object.entries(members).filter(([, member]) => domain.has(member));
  const model = Object.fromEntries(drawn.map(([key, member]) => [key, membersOf(member, domain)]));
  const requiredKeys = drawn.filter(([, member]) => domain.isAlwaysThere(member)).map(([key]) => key);
  const records = fc.record(model, { requiredKeys, noNullPrototype: true });
  if (!domain.strangers) return records;
  const unnamed = fc.dictionary(anyText, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2, noNullPrototype: true });
  return fc.tuple(unnamed, records).map(([strangers, record]) => ({ ...strangers, ...record }));
}

function membersOf(member: Member, domain: Domain): fc.Arbitrary<unknown> {
  const values = valuesOf(member.shape, domain);
  const own =
    'emptyStandsFor' in member ? values.filter((value) => !isDeepStrictEqual(value, member.emptyStandsFor)) : values;
  const besides = domain.besides(member);
  return besides.length === 0
    ? own
    : fc.oneof({ arbitrary: own, weight: 4 }, { arbitrary: fc.constantFrom(...besides), weight: 1 });
}

function dictsOf(shape: DictShape, domain: Domain): fc.Arbitrary<unknown> {
  const keys = shape.blankKey === undefined ? domain.text : domain.text.filter((key) => key !== '');
  const entries = fc.uniqueArray(fc.tuple(keys, valuesOf(shape.value, domain)), {
    maxLength: 5,
    selector: ([key]) => key,
  });
  // fromEntries keeps __proto__ as a key.
  return entries.map((pairs): unknown => Object.fromEntries(pairs));
}

function textsOf({ format, oneOf }: StringShape, text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  if (oneOf !== undefined) return fc.constantFrom(...oneOf);
  return format === undefined ? text : normalForms[format](text);
}

/** The normal forms of each format, out of texts of the domain. */
const normalForms: Readonly<Record<FormatName, (text: fc.Arbitrary<string>) => fc.Arbitrary<string>>> = {
  imageId: () => fc.uuid(),
  serverName: (text) => fc.tuple(text, fc.constantFrom('x', '😀', '"', '&'), text).map((parts) => parts.join('')),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6().filter((address) => isIPv6(address)),
};
