import { pretty } from '../../python/pretty.ts';
import { repr } from '../../python/repr.ts';
import { isObject, unexpectedMembers } from '../../validation/request-member.ts';
import { IdentityFault } from '../http/identity-fault.ts';

/** The part of JSON Schema that Keystone's schemas of logins and passwords need. */
export interface JsonSchema {
  readonly type: JsonType | readonly JsonType[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly enum?: readonly unknown[];
}

type JsonType = 'object' | 'array' | 'string' | 'boolean';

/** The static type of a valid value; each member of an object may be absent. */
export type Valid<S> = S extends { type: 'string' }
  ? string
  : S extends { type: 'boolean' }
    ? boolean
    : S extends { type: 'array'; items: infer Items }
      ? readonly Valid<Items>[]
      : S extends { type: 'object'; properties: infer Properties }
        ? ValidMembers<Properties>
        : S extends { type: readonly ['object', 'string']; properties: infer Properties }
          ? ValidMembers<Properties> | string
          : never;

type ValidMembers<Properties> = { readonly [Name in keyof Properties]?: Valid<Properties[Name]> };

/** Read a value that a schema describes; throw Keystone's 400, which quotes the schema and the value, secrets included. */
export function readValid<const S extends JsonSchema>(schema: S, value: unknown): Valid<S> {
  const [violation] = violationsOf(schema, value, [], []);
  if (violation !== undefined) throw new IdentityFault(400, messageOf(violation));
  // The schema is the source of the type, and the value has just passed it.
  return value as Valid<S>;
}

type Path = readonly (string | number)[];

interface Violation {
  readonly reason: string;
  readonly keyword: keyof JsonSchema;
  readonly schema: JsonSchema;
  readonly value: unknown;
  /** The place in the schema, and the place in the value. */
  readonly schemaPath: Path;
  readonly path: Path;
}

/** List the violations in the order in which the validator finds them: type, members, then what is missing. */
function violationsOf(schema: JsonSchema, value: unknown, schemaPath: Path, path: Path): readonly Violation[] {
  const violation = (keyword: keyof JsonSchema, reason: string): Violation => {
    return { reason, keyword, schema, value, schemaPath, path };
  };
  const types = [schema.type].flat();
  if (!types.some((type) => HAS_TYPE[type](value))) {
    return [violation('type', `${repr(value)} is not of type ${types.map(repr).join(', ')}`)];
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined
      ? []
      : value.flatMap((item, index) => violationsOf(items, item, [...schemaPath, 'items'], [...path, index]));
  }
  if (!isObject(value)) return [];
  const { properties = {}, required = [] } = schema;
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
  return [
    ...Object.entries(properties).flatMap(([name, member]) =>
      Object.hasOwn(value, name)
        ? violationsOf(member, value[name], [...schemaPath, 'properties', name], [...path, name])
        : [],
    ),
    ...required
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => violation('required', `${repr(name)} is a required property`)),
    ...(schema.additionalProperties === false && unknown.length > 0
      ? [violation('additionalProperties', unexpectedMembers(unknown))]
      : []),
  ];
}

const HAS_TYPE: Readonly<Record<JsonType, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
};

function messageOf({ reason, keyword, schema, value, schemaPath, path }: Violation): string {
  const place = path.length === 0 ? '' : `Invalid input for field '${path.join('/')}': `;
  return [
    place + reason,
    `Failed validating ${repr(keyword)} in schema${indexOf(schemaPath)}:\n${indented(pretty(schema))}`,
    `On instance${indexOf(path)}:\n${indented(pretty(value))}`,
  ].join('\n\n');
}

function indexOf(path: Path): string {
  return path.map((step) => `[${repr(step)}]`).join('');
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
