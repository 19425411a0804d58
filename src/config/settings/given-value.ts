import { ruleOf, type Setting, type ValueSchema } from './forms.ts';
import { showValue } from './shown-value.ts';

/** The value of a setting as an operator gave it. */
export interface GivenValue {
  /** The name of the setting, as the operator knows it. */
  readonly name: string;
  readonly value: unknown;
  /** True for a variable of the environment, which is always a text; in a file each setting has its own types. */
  readonly isText: boolean;
}

/** Parse the given value of a setting, or add its mistakes with their mends. */
export function readGiven(setting: Setting, { name, value: given, isText }: GivenValue, mistakes: string[]): unknown {
  const text = asText(given);
  const hasType = isText || typesOf(setting.schema).some((isType) => isType(given));
  const value = hasType ? setting.parse(text) : undefined;
  if (value !== undefined) return value;
  const inParts = hasType ? (setting.mistakesIn?.(text) ?? []) : [];
  if (inParts.length > 0) {
    mistakes.push(...inParts.map((mistake) => name + mistake));
    return undefined;
  }
  const mend = hasType ? mendOf(setting, text) : mendOfType(setting, given, text);
  mistakes.push(`${name} is ${showValue(setting, given)}; ${mend ?? wanted(setting)}.`);
  return undefined;
}

/** Describe the values that a setting allows, with an example. */
export function wanted(setting: Setting): string {
  return `it must be ${ruleOf(setting)}, such as ${setting.example}`;
}

/** Check that a value is an object with members. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mendOf(setting: Setting, text: string): string | undefined {
  const [, , inner] = /^(["'])(.*)\1$/s.exec(text) ?? [];
  if (inner !== undefined && setting.parse(inner) !== undefined) return 'leave the quotation marks away';
  // The mend may quote a part of the value.
  return setting.isSecret === true ? undefined : setting.mend?.(text);
}

/** Find the mend of a value of the file whose type is not that of the setting. */
function mendOfType(setting: Setting, given: unknown, text: string): string | undefined {
  if (given === null) return 'null is no value: leave the member away, or give it a value';
  if (typeof given === 'object' || setting.parse(text) === undefined) return undefined;
  return typeof given === 'string' ? 'write it without quotation marks' : 'write it in quotation marks';
}

/** The checks of the types that a schema allows. */
function typesOf(schema: ValueSchema, isAlternative = false): ((value: unknown) => boolean)[] {
  if ('anyOf' in schema) return schema.anyOf.flatMap((each) => typesOf(each, true));
  switch (schema.type) {
    case 'integer':
      return [(value) => typeof value === 'number'];
    case 'string':
      // A text must be one of the words, so that a number in quotation marks is refused.
      return [(value) => typeof value === 'string' && (!isAlternative || schema.enum?.includes(value) !== false)];
    case 'array': {
      const itemType = schema.items.type === 'integer' ? 'number' : 'string';
      return [(value) => Array.isArray(value) && value.every((item) => typeof item === itemType)];
    }
    case 'object':
      return [isObject];
    default:
      return schema satisfies never;
  }
}

/** Format a value of the file as the environment would spell it. */
function asText(value: unknown): string {
  if (isObject(value)) return JSON.stringify(value);
  return Array.isArray(value) ? value.join(',') : String(value);
}
