import { isIPv6 } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import type { FormatName } from '../../src/schema/formats.ts';
import { isScalar } from '../../src/schema/shapes.ts';
import type {
  DatetimeShape,
  DictShape,
  EntryShape,
  ListShape,
  Member,
  NamedShape,
  RecordShape,
  Scalar,
  Shape,
  StringShape,
} from '../../src/schema/shapes.ts';
import { datetimes, decimals, integers } from './scalars.ts';
import { anyName, anyText, xmlName, xmlText } from './texts.ts';

/** The domain from which values of a description are drawn. */
export interface Domain {
  readonly text: fc.Arbitrary<string>;
  /** The keys of maps whose keys become names of elements. */
  readonly name: fc.Arbitrary<string>;
  /** The values that are drawn for every scalar besides its own, whatever its kind. */
  readonly scalar: fc.Arbitrary<unknown> | undefined;
  readonly has: (member: Member) => boolean;
  readonly isAlwaysThere: (member: Member) => boolean;
  /** The values that may stand in the place of a member besides its own. */
  readonly besides: (member: Member) => readonly unknown[];
  /** True if null is a value of an entry that may have it. */
  readonly hasNull: boolean;
  /** True if a text of white space means an absent member or null for a member that can be either. */
  readonly blankSaysNothing: boolean;
  /** The lowest number of values of a repeated name. */
  readonly fewestRepeats: number;
  /** True if members that the description does not name occur. */
  readonly strangers: boolean;
}

/**
 * The values that survive XML unchanged.
 * - Scalars are in their normal form and of characters of XML; times have no microseconds of zero, which are not written.
 * - There is no null, which is written as the text None, and no member that exists in JSON only.
 * - Members that XML cannot show as absent are present: those that are always written, the text of an element, and lists and
 *   maps without an element around them.
 * - Members that XML shows as absent are absent: those that are nothing, unless their element is always written, and empty
 *   attributes that count as absent.
 * - Keys that become names are names. A list of repeated names has two items at least, because one is read as no list and
 *   none as an absent member.
 */
export const inXml: Domain = {
  text: xmlText,
  name: xmlName,
  scalar: undefined,
  has: ({ place, shape, always }) => place !== 'json' && (shape.kind !== 'nothing' || always === true),
  isAlwaysThere: ({ required, always, place }) =>
    required === true || always === true || place === 'inline' || place === 'text',
  besides: (member) => ('emptyStandsFor' in member ? [''] : []),
  hasNull: false,
  blankSaysNothing: true,
  fewestRepeats: 2,
  strangers: false,
};

/** The values that survive JSON unchanged: scalars in their normal form, of any characters; null only as a value of its own. */
export const inJson: Domain = {
  text: anyText,
  name: anyName,
  scalar: undefined,
  has: () => true,
  isAlwaysThere: ({ required }) => required === true,
  besides: (member) => [...('emptyStandsFor' in member ? [''] : []), ...(member.nullable === true ? [null] : [])],
  hasNull: true,
  blankSaysNothing: false,
  fewestRepeats: 0,
  strangers: false,
};

/** The values that a cloud may answer: objects and lists as described, and anything in the place of scalars. */
export const fromClouds: Domain = {
  text: anyText,
  name: anyName,
  scalar: fc.oneof(
    anyText,
    fc.boolean(),
    integers,
    decimals,
    fc.constantFrom('2014-04-17T10:00:00.000000', '2014-04-17T10:00:00.000000Z', '2014-04-17T10:00:00.0000001'),
    fc.constant(null),
  ),
  has: () => true,
  isAlwaysThere: () => false,
  besides: (member) => ('emptyStandsFor' in member ? ['', null] : [null]),
  hasNull: true,
  blankSaysNothing: false,
  fewestRepeats: 0,
  strangers: true,
};

/** Derive the values of a description from the description alone. */
export function valuesOf(shape: Shape, domain: Domain): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return domain.scalar === undefined ? scalarsOf(shape, domain) : fc.oneof(domain.scalar, scalarsOf(shape, domain));
    case 'list':
      return listsOf(shape, domain);
    case 'dict':
      return dictsOf(shape, domain);
    case 'entry':
      return entriesOf(shape, domain);
    case 'named':
      return namedOf(shape, domain);
    case 'nothing':
      return domain.scalar ?? fc.constant(null);
    case 'record':
      return recordsOf(shape, domain);
    default:
      return shape satisfies never;
  }
}

function scalarsOf(shape: Scalar, { text }: Domain): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return textsOf(shape, text);
    case 'base64':
      return fc.base64String();
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return integers;
    case 'decimal':
      return decimals;
    case 'datetime':
      return fc.oneof({ arbitrary: timesOf(shape), weight: 3 }, { arbitrary: text, weight: 1 });
    default:
      return shape satisfies never;
  }
}

/** A time whose zone only XML has is drawn without one. */
function timesOf({ withOffset }: DatetimeShape): fc.Arbitrary<string> {
  return withOffset === true ? datetimes.filter((time) => !time.endsWith('+00:00')) : datetimes;
}

function recordsOf({ members, emptyIsAbsent }: RecordShape, domain: Domain): fc.Arbitrary<unknown> {
  const drawn = Object.entries(members).filter(([, member]) => domain.has(member));
  const model = Object.fromEntries(
    drawn.map(([key, member]) => {
      const saysNothing =
        domain.blankSaysNothing && isScalar(member.shape) && (emptyIsAbsent !== undefined || member.nullable === true);
      const isAbsent = emptyIsAbsent !== undefined && !domain.strangers;
      const values = membersOf(member, domain);
      return [key, values.filter((value) => !(saysNothing && isBlank(value)) && !(isAbsent && value === ''))];
    }),
  );
  const requiredKeys = drawn.filter(([, member]) => domain.isAlwaysThere(member)).map(([key]) => key);
  const records = fc.record(model, { requiredKeys, noNullPrototype: true });
  if (!domain.strangers) return records;
  const unnamed = fc.dictionary(anyText, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2, noNullPrototype: true });
  return fc.tuple(unnamed, records).map(([strangers, record]) => ({ ...strangers, ...record }));
}

/** Check for a text of white space, which means an absent member if the member can be absent. */
function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
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

function listsOf({ item, wrapped }: ListShape, domain: Domain): fc.Arbitrary<unknown> {
  const items = valuesOf(item, domain);
  return fc.array(wrapped === undefined ? items : items.map((value) => ({ [wrapped]: value })), { maxLength: 4 });
}

function dictsOf(shape: DictShape, domain: Domain): fc.Arbitrary<unknown> {
  const keys = shape.blankKey === undefined ? domain.text : domain.text.filter((key) => key !== '');
  return mapsOf(keys, valuesOf(shape.value, domain), { maxLength: 5 });
}

function entriesOf({ value }: EntryShape, domain: Domain): fc.Arbitrary<unknown> {
  return mapsOf(domain.text, valuesOf(value, domain), { minLength: 1, maxLength: domain.strangers ? 2 : 1 });
}

function namedOf(shape: NamedShape, domain: Domain): fc.Arbitrary<unknown> {
  const byKey = Object.entries(shape.byKey ?? {});
  const all = allNamedOf(shape, domain);
  if (byKey.length === 0) return all;
  const special = fc.record(Object.fromEntries(byKey.map(([key, inner]) => [key, valuesOf(inner, domain)])), {
    requiredKeys: [],
    noNullPrototype: true,
  });
  const isSpecial = new Set(byKey.map(([key]) => key));
  const others = all.filter((map) => Object.keys(map as object).every((key) => !isSpecial.has(key)));
  return fc.tuple(others, special).map(([map, some]) => ({ ...(map as object), ...some }));
}

function allNamedOf({ value, repeats, isOne, nullable }: NamedShape, domain: Domain): fc.Arbitrary<unknown> {
  const own = valuesOf(value, domain);
  const values = nullable === true && domain.hasNull ? fc.oneof({ arbitrary: own, weight: 4 }, fc.constant(null)) : own;
  const several = fc.array(values, { minLength: domain.fewestRepeats, maxLength: domain.fewestRepeats + 2 });
  return mapsOf(domain.name, repeats === true ? fc.oneof(values, several) : values, {
    minLength: isOne === true ? 1 : 0,
    maxLength: isOne === true ? 1 : 5,
  });
}

function mapsOf(
  keys: fc.Arbitrary<string>,
  values: fc.Arbitrary<unknown>,
  size: fc.ArrayConstraints,
): fc.Arbitrary<unknown> {
  const entries = fc.uniqueArray(fc.tuple(keys, values), { ...size, selector: ([key]) => key });
  // fromEntries() keeps __proto__ as a key.
  return entries.map((pairs): unknown => Object.fromEntries(pairs));
}

function textsOf({ format, oneOf }: StringShape, text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  if (oneOf !== undefined) return fc.constantFrom(...oneOf);
  return format === undefined ? text : normalForms[format](text);
}

const imageIds = (): fc.Arbitrary<string> => fc.uuid();
const ipv4s = (): fc.Arbitrary<string> => fc.ipV4();
const ipv6s = (): fc.Arbitrary<string> => fc.ipV6().filter((address) => isIPv6(address));
const orNone = (texts: () => fc.Arbitrary<string>) => (): fc.Arbitrary<string> => fc.oneof(texts(), fc.constant(''));

const segments = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  text.map((part) => part.replace(/[/?#]/g, '')).filter((part) => part !== '');
const trimmedTexts = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => text.map((part) => part.trim());

/** Draw normal forms of each format from texts of the domain. */
const normalForms: Readonly<Record<FormatName, (text: fc.Arbitrary<string>) => fc.Arbitrary<string>>> = {
  imageId: imageIds,
  serverName: (text) => fc.tuple(text, fc.constantFrom('x', '😀', '"', '&'), text).map((parts) => parts.join('')),
  ipv4: ipv4s,
  ipv6: ipv6s,
  imageIdOrNone: orNone(imageIds),
  ipv4OrNone: orNone(ipv4s),
  ipv6OrNone: orNone(ipv6s),
  lastSegment: segments,
  flavorOfNewServer: segments,
  notEmpty: (text) => text.filter((name) => name !== ''),
  enableOrDisable: () => fc.constantFrom('enable', 'disable'),
  trimmed: trimmedTexts,
  trimmedName: trimmedTexts,
  trimmedText: trimmedTexts,
};
