import { digitsOf } from './exact-json.ts';
import { isFields } from './fields.ts';
import type { Shape } from './shapes.ts';

/**
 * Whether a cloud's value may be of a shape, as far as its outline tells: another document of the cloud's must not pass for
 * an empty one. Members that are required must be there; empty maps may come as empty arrays.
 */
export function isOfForm(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'record':
      return (
        isFields(value) &&
        Object.entries(shape.members).every(
          ([key, member]) =>
            member.required !== true || (Object.hasOwn(value, key) && isOfForm(member.shape, value[key])),
        )
      );
    case 'entry':
      return isFields(value) && Object.keys(value).length === 1 && isOfForm(shape.value, Object.values(value)[0]);
    case 'named':
      return (
        isMap(value) &&
        Object.values(value).every((content) => shape.repeats === true || isOfForm(shape.value, content))
      );
    case 'dict':
      return isMap(value);
    case 'list':
      return Array.isArray(value);
    case 'nothing':
      return true;
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return value !== undefined && (value === null || typeof value !== 'object' || digitsOf(value) !== undefined);
    default:
      return shape satisfies never;
  }
}

function isMap(value: unknown): value is object {
  return isFields(value) || (Array.isArray(value) && value.length === 0);
}
