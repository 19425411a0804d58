import { isFields, type Fields } from '../fields.ts';
import { isScalar, type DictShape, type NamedShape } from '../shapes.ts';

/**
 * Read a map in the forms in which clouds write one: an object; null or an empty array for none, as PHP and Lua do; an array
 * of objects, as ECS documents `addresses`. Undefined for a value that is no map in any form.
 */
export function mapOf(value: unknown, shape: DictShape | NamedShape): Fields | undefined {
  if (isFields(value)) return value;
  if (value === null || value === undefined) return {};
  if (!Array.isArray(value) || !value.every(isFields)) return undefined;
  const joined = new Map<string, unknown>();
  const isItem = itemOf(shape);
  for (const object of value) {
    const entries =
      shape.kind === 'dict' && isItem(object) ? [[shape.unnamed ?? '', [object]] as const] : Object.entries(object);
    for (const [key, content] of entries) {
      const known = joined.get(key);
      // Append to a copy of the first list: copying all items for each object would cost the square of their number.
      if (!Array.isArray(content)) joined.set(key, content);
      else if (Array.isArray(known)) for (const one of content as unknown[]) known.push(one);
      else joined.set(key, [...(content as unknown[])]);
    }
  }
  return Object.fromEntries(joined);
}

/** Make the check that an object is an item of one of the map's lists, and not a part of the map. */
function itemOf(shape: DictShape | NamedShape): (object: Fields) => boolean {
  if (shape.kind !== 'dict' || shape.unnamed === undefined || shape.value.kind !== 'list') return () => false;
  const { item } = shape.value;
  if (item.kind !== 'record') return () => false;
  const scalars = Object.entries(item.members).filter(([, member]) => isScalar(member.shape));
  return (object) => scalars.some(([key]) => Object.hasOwn(object, key) && !Array.isArray(object[key]));
}
