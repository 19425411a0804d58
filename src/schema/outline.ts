import { digitsOf } from './exact-json.ts';
import { isFields } from './fields.ts';
import { perMessage } from './per-message.ts';
import type { Shape } from './shapes.ts';

/** The check of a value against the outline of a shape. */
type Check = (value: unknown) => boolean;

/**
 * Check that a value of the cloud has the outline of a message's content: its kind, and the required members. Without this
 * check, an unrelated JSON document would be written as an empty one. Values inside are written whatever they are. An empty
 * array counts as an empty map, because some clouds write it.
 */
export const hasOutline = perMessage(({ content, isBare, isRootless }) => {
  if (content.kind !== 'named') return checker(content);
  // Any object would be such a document, a fault too: its value is an object.
  if (isRootless === true) return (value: unknown) => isFields(value) && Object.values(value).every(isText);
  if (isBare === true)
    return (value: unknown) => isMap(value) && (Object.keys(value).length === 0 || Object.values(value).some(isText));
  return isMap;
});

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
    case 'named':
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
      return (value) => value !== undefined;
    default:
      return shape satisfies never;
  }
}

/** Check for a map: an object, or an array of objects, which `mapOf` reads as one. */
function isMap(value: unknown): value is object {
  return isFields(value) || (Array.isArray(value) && value.every(isFields));
}

/** Check for a value that is one text in Python. */
function isText(value: unknown): boolean {
  return value === null || typeof value !== 'object' || digitsOf(value) !== undefined;
}
