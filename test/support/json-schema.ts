import { isIPv4, isIPv6 } from 'node:net';
import { isDeepStrictEqual } from 'node:util';

/** A JSON Schema, as far as Nova's schemas use the language. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** List what breaks a schema in a value: one line for each place, from the root `$`. */
export function schemaErrors(schema: JsonSchema, value: unknown, path = '$'): readonly string[] {
  const broken = RULES.filter((holds) => !holds(schema, value)).map((holds) => `${path}: ${holds.name}`);
  if (Array.isArray(value)) return [...broken, ...itemErrors(schema, value, path)];
  if (typeof value !== 'object' || value === null) return broken;
  return [...broken, ...Object.entries(value).flatMap(([key, inner]) => memberErrors(schema, key, inner, path))];
}

type Rule = (schema: JsonSchema, value: unknown) => boolean;

/** The rules that look at one value; a rule that does not concern a value of its type holds. */
const RULES: readonly Rule[] = [
  function type({ type: types }, value) {
    return types === undefined || [types].flat().some((name) => TYPES[name]?.(value) === true);
  },
  function enumeration({ enum: choices }, value) {
    return choices === undefined || choices.some((choice) => isDeepStrictEqual(choice, value));
  },
  function constant(schema, value) {
    return !Object.hasOwn(schema, 'const') || isDeepStrictEqual(schema.const, value);
  },
  function minimum({ minimum: least }, value) {
    return least === undefined || typeof value !== 'number' || value >= least;
  },
  function maximum({ maximum: most }, value) {
    return most === undefined || typeof value !== 'number' || value <= most;
  },
  function length({ minLength = 0, maxLength = Infinity }, value) {
    return typeof value !== 'string' || (value.length >= minLength && value.length <= maxLength);
  },
  function pattern({ pattern: expression }, value) {
    return expression === undefined || typeof value !== 'string' || new RegExp(expression).test(value);
  },
  function format({ format: name }, value) {
    return name === undefined || typeof value !== 'string' || FORMATS[name]?.(value) !== false;
  },
  function required({ required: names = [] }, value) {
    return !isObject(value) || names.every((name) => Object.hasOwn(value, name));
  },
  function count({ minProperties = 0, maxProperties = Infinity, minItems = 0, maxItems = Infinity }, value) {
    if (Array.isArray(value)) return value.length >= minItems && value.length <= maxItems;
    const size = isObject(value) ? Object.keys(value).length : minProperties;
    return size >= minProperties && size <= maxProperties;
  },
  function oneOf({ oneOf: schemas }, value) {
    return schemas === undefined || schemas.filter((schema) => schemaErrors(schema, value).length === 0).length === 1;
  },
  function anyOf({ anyOf: schemas }, value) {
    return schemas === undefined || schemas.some((schema) => schemaErrors(schema, value).length === 0);
  },
  function allOf({ allOf: schemas = [] }, value) {
    return schemas.every((schema) => schemaErrors(schema, value).length === 0);
  },
];

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  null: (value) => value === null,
};

/** The formats that are checked; Nova's writers are free in the others. */
const FORMATS: Readonly<Record<string, (value: string) => boolean>> = {
  'date-time': (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/.test(value),
  uuid: (value) => /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(value),
  uri: (value) => URL.canParse(value),
  cidr: (value) => /^[0-9a-f.:]+\/\d+$/i.test(value),
  name: (value) => value.trim() === value && value !== '',
  az_name: (value) => value.trim() === value && value !== '' && !value.includes(':'),
  ipv4: isIPv4,
  ipv6: isIPv6,
  'mac-address': (value) => /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value),
};

function itemErrors(schema: JsonSchema, items: readonly unknown[], path: string): readonly string[] {
  const { prefixItems = [], items: rest } = schema;
  return items.flatMap((item, index) => {
    const found = prefixItems[index] ?? [rest].flat()[0];
    return found === undefined ? [] : schemaErrors(found, item, `${path}[${index}]`);
  });
}

function memberErrors(schema: JsonSchema, key: string, value: unknown, path: string): readonly string[] {
  const { properties = {}, patternProperties = {}, additionalProperties = true } = schema;
  const patterns = Object.entries(patternProperties).filter(([expression]) => new RegExp(expression).test(key));
  const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
  const found = [...(own === undefined ? [] : [own]), ...patterns.map(([, inner]) => inner)];
  const place = `${path}.${key}`;
  if (found.length > 0) return found.flatMap((inner) => schemaErrors(inner, value, place));
  if (additionalProperties === true) return [];
  return additionalProperties === false ? [`${place}: unexpected`] : schemaErrors(additionalProperties, value, place);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
