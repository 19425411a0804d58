import { isIPv4, isIPv6 } from 'node:net';
import { isDeepStrictEqual } from 'node:util';

/** A JSON Schema as Nova has them: the keywords of draft 4 to 2020, without references. */
export type JsonSchema = boolean | Readonly<Record<string, unknown>>;

/** The tolerance of a validation: an excerpt may lack what is required, as only the members that it has matter. */
export interface Leniency {
  readonly isExcerpt?: boolean;
}

interface Place {
  readonly at: string;
  readonly leniency: Leniency;
  readonly schema: Readonly<Record<string, unknown>>;
}

type Check = (rule: unknown, value: unknown, place: Place) => readonly string[];
type JsonObject = Readonly<Record<string, unknown>>;

/** List what is wrong with a value by a schema, in a sentence for each mistake. */
export function mistakesBy(schema: JsonSchema, value: unknown, at: string, leniency: Leniency = {}): readonly string[] {
  if (typeof schema === 'boolean') return schema ? [] : [`${at} is not allowed`];
  const place = { at, leniency, schema };
  return Object.entries(schema).flatMap(([keyword, rule]) => checks[keyword]?.(rule, value, place) ?? []);
}

/** A check that means something for values of one type only. */
function ofType<T>(
  is: (value: unknown) => value is T,
  isGood: (rule: unknown, value: T) => boolean,
  how: string,
): Check {
  return (rule, value, { at }) =>
    !is(value) || isGood(rule, value) ? [] : [`${at} is not ${how} ${JSON.stringify(rule)}: ${JSON.stringify(value)}`];
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: isText,
  number: isNumber,
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: isList,
  object: isObject,
};

/** The formats that decide between branches; Nova's own checks of dates and URLs are looser than the standard. */
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  uuid: (text) => /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text),
  'date-time': (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/.test(text),
  ipv4: isIPv4,
  ipv6: isIPv6,
  uri: (text) => URL.canParse(text),
  name: (text) => text.trim() === text && text !== '',
};

// A schema's own words, of which JSON knows no types.
const list = (rule: unknown): readonly unknown[] => (isList(rule) ? rule : [rule]);
const schemas = (rule: unknown): readonly JsonSchema[] => rule as readonly JsonSchema[];
const byName = (rule: unknown): Readonly<Record<string, JsonSchema>> => (rule ?? {}) as Record<string, JsonSchema>;

const checks: Readonly<Record<string, Check>> = {
  type: (rule, value, { at }) =>
    list(rule).some((type) => types[String(type)]?.(value)) ? [] : [`${at} is no ${list(rule).join(' or ')}`],
  enum: (rule, value, { at }) =>
    list(rule).some((each) => isDeepStrictEqual(each, value)) ? [] : [`${at} is none of ${JSON.stringify(rule)}`],
  const: (rule, value, { at }) => (isDeepStrictEqual(rule, value) ? [] : [`${at} is not ${JSON.stringify(rule)}`]),
  format: ofType(isText, (rule, text) => formats[String(rule)]?.(text) ?? true, 'of the format'),
  pattern: ofType(isText, (rule, text) => new RegExp(String(rule)).test(text), 'like'),
  minLength: ofType(isText, (rule, text) => text.length >= Number(rule), 'at least as long as'),
  maxLength: ofType(isText, (rule, text) => text.length <= Number(rule), 'at most as long as'),
  minimum: ofType(isNumber, (rule, number) => number >= Number(rule), 'at least'),
  exclusiveMinimum: ofType(isNumber, (rule, number) => number > Number(rule), 'more than'),
  maximum: ofType(isNumber, (rule, number) => number <= Number(rule), 'at most'),
  minItems: ofType(isList, (rule, items) => items.length >= Number(rule), 'at least as many as'),
  maxItems: ofType(isList, (rule, items) => items.length <= Number(rule), 'at most as many as'),
  minProperties: ofType(
    isObject,
    (rule, members) => Object.keys(members).length >= Number(rule),
    'at least as many as',
  ),
  maxProperties: ofType(isObject, (rule, members) => Object.keys(members).length <= Number(rule), 'at most as many as'),
  items: (rule, value, { at, leniency }) =>
    isList(value) && (isObject(rule) || typeof rule === 'boolean')
      ? value.flatMap((item, index) => mistakesBy(rule, item, `${at}/${index}`, leniency))
      : [],
  required: (rule, value, { at, leniency }) =>
    isObject(value) && leniency.isExcerpt !== true
      ? list(rule)
          .filter((name) => !Object.hasOwn(value, String(name)))
          .map((name) => `${at}/${String(name)} is missing`)
      : [],
  properties: (rule, value, { at, leniency }) =>
    Object.entries(byName(rule)).flatMap(([name, schema]) =>
      isObject(value) && Object.hasOwn(value, name) ? mistakesBy(schema, value[name], `${at}/${name}`, leniency) : [],
    ),
  patternProperties: (rule, value, { at, leniency }) =>
    membersOf(value).flatMap(([name, member]) =>
      Object.entries(byName(rule))
        .filter(([pattern]) => new RegExp(pattern).test(name))
        .flatMap(([, schema]) => mistakesBy(schema, member, `${at}/${name}`, leniency)),
    ),
  additionalProperties: (rule, value, { at, schema, leniency }) => {
    const patterns = Object.keys(byName(schema['patternProperties'])).map((pattern) => new RegExp(pattern));
    return membersOf(value)
      .filter(([name]) => !Object.hasOwn(byName(schema['properties']), name))
      .filter(([name]) => !patterns.some((pattern) => pattern.test(name)))
      .flatMap(([name, member]) => mistakesBy(rule as JsonSchema, member, `${at}/${name}`, leniency));
  },
  allOf: (rule, value, { at, leniency }) => schemas(rule).flatMap((schema) => mistakesBy(schema, value, at, leniency)),
  anyOf: (rule, value, place) => (fitting(rule, value, place) > 0 ? [] : [`${place.at} fits nothing that it may be`]),
  oneOf: (rule, value, place) => {
    const many = fitting(rule, value, place);
    // Without the required members, an excerpt may match several schemas.
    return many === 1 || (many > 1 && place.leniency.isExcerpt === true)
      ? []
      : [`${place.at} fits ${many} of what it may be`];
  },
};

function fitting(rule: unknown, value: unknown, { at, leniency }: Place): number {
  return schemas(rule).filter((schema) => mistakesBy(schema, value, at, leniency).length === 0).length;
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}
