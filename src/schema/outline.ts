import { digitsOf } from './exact-json.ts';
import { isFields } from './fields.ts';
import { perMessage } from './per-message.ts';
import type { Shape } from './shapes.ts';

/** The check of a value against the outline of a shape. */
type Check = (value: unknown) => boolean;

/**
 * Check that a value of the cloud has the outline of a message's content: the kind of each value and the required members.
 * Without this check, an unrelated JSON document would be written as an empty one. An empty array counts as an empty map,
 * because some clouds write it.
 */
export const hasOutline = perMessage(({ content }) => checker(content));

/** Make the check of a shape. */
function checker(shape: Shape): Check {
  switch (shape.kind) {
    case 'record': {
      const required = Object.entries(shape.members)
        .filter(([, member]) => member.required === true)
        .map(([key, member]) => ({ key, check: checker(member.shape) }));
      return (value) =>
        isFields(value) && required.every(({ key, check }) => Object.hasOwn(value, key) && check(value[key]));
    }
    case 'entry': {
      const check = checker(shape.value);
      return (value) => isFields(value) && Object.keys(value).length === 1 && check(Object.values(value)[0]);
    }
    case 'named': {
      const check = shape.repeats === true ? (): boolean => true : checker(shape.value);
      return (value) => isMap(value) && Object.values(value).every(check);
    }
    case 'dict':
      return isMap;
    case 'list':
      return Array.isArray;
    case 'nothing':
      return () => true;
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return (value) =>
        value !== undefined && (value === null || typeof value !== 'object' || digitsOf(value) !== undefined);
    default:
      return shape satisfies never;
  }
}

function isMap(value: unknown): value is object {
  return isFields(value) || (Array.isArray(value) && value.length === 0);
}
