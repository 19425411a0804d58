/** A schema of a JSON value: the part of JSON Schema that modern Nova uses for request bodies. */
export type Schema =
  | { readonly kind: 'string'; readonly matches?: RegExp }
  | { readonly kind: 'integer' | 'boolean' | 'null' }
  | { readonly kind: 'array'; readonly items: Schema }
  /** An object of these members and no others, of which all `required` ones are there. */
  | {
      readonly kind: 'object';
      readonly members: Readonly<Record<string, Schema>>;
      readonly required: readonly string[];
    }
  /** An object of any names that match. */
  | { readonly kind: 'map'; readonly names: RegExp; readonly values: Schema }
  | { readonly kind: 'either'; readonly of: readonly Schema[] };

/** A text. */
export const string = (matches?: RegExp): Schema => ({ kind: 'string', ...(matches !== undefined && { matches }) });
/** A whole number, as a number. */
export const integer: Schema = { kind: 'integer' };
/** true or false. */
export const boolean: Schema = { kind: 'boolean' };
/** The value null. */
export const nil: Schema = { kind: 'null' };
/** Any of these. */
export const either = (...of: readonly Schema[]): Schema => ({ kind: 'either', of });
/** An array of these. */
export const array = (items: Schema): Schema => ({ kind: 'array', items });
/** An object; a member whose name ends with `!` is required. */
export const object = (members: Readonly<Record<string, Schema>>): Schema => ({
  kind: 'object',
  members: Object.fromEntries(Object.entries(members).map(([name, schema]) => [name.replace(/!$/, ''), schema])),
  required: Object.keys(members).flatMap((name) => (name.endsWith('!') ? [name.slice(0, -1)] : [])),
});
/** An object of these values by any names that match. */
export const map = (names: RegExp, values: Schema): Schema => ({ kind: 'map', names, values });

/** List the mistakes in a value as sentences; empty if it matches the schema. */
export function mistakes(schema: Schema, value: unknown, at: string): readonly string[] {
  switch (schema.kind) {
    case 'string':
      if (typeof value !== 'string') return [`${at} is no string`];
      return schema.matches === undefined || schema.matches.test(value) ? [] : [`${at} does not match`];
    case 'integer':
      return Number.isInteger(value) ? [] : [`${at} is no integer`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at} is no boolean`];
    case 'null':
      return value === null ? [] : [`${at} is not null`];
    case 'array':
      if (!Array.isArray(value)) return [`${at} is no array`];
      return value.flatMap((item, index) => mistakes(schema.items, item, `${at}.${index}`));
    case 'object':
    case 'map':
      return mistakesOfObject(schema, value, at);
    case 'either': {
      const found = schema.of.map((choice) => mistakes(choice, value, at));
      return found.some(({ length }) => length === 0) ? [] : found.flat();
    }
    default:
      return schema satisfies never;
  }
}

function mistakesOfObject(
  schema: Extract<Schema, { readonly kind: 'object' | 'map' }>,
  value: unknown,
  at: string,
): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  if (schema.kind === 'map') {
    return entries.flatMap(([name, item]) =>
      schema.names.test(name) ? mistakes(schema.values, item, `${at}.${name}`) : [`${at}.${name} is no such name`],
    );
  }
  const missing = schema.required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${at}.${name} is missing`);
  const found = entries.flatMap(([name, item]) => {
    const member = Object.hasOwn(schema.members, name) ? schema.members[name] : undefined;
    return member === undefined ? [`${at}.${name} is unknown`] : mistakes(member, item, `${at}.${name}`);
  });
  return [...missing, ...found];
}
