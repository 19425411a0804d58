import { digitsOf } from '../../src/schema/exact-json.ts';
import { isFields, type Fields } from '../../src/schema/fields.ts';
import type { Shape } from '../../src/schema/shapes.ts';
import { placeAt, type Form, type Place } from './form.ts';
import { itemShape, memberShape } from './inner-shape.ts';

/** Collect the paths of a message in JSON, such as `servers[].image.id`; the keys of a map are data: `metadata.*`. */
export function jsonForm(root: string, content: unknown, shape: Shape): Form {
  const places = new Map<string, Place>();
  const visit = (value: unknown, path: string, parent: string | undefined, described: Shape | undefined): void => {
    const place = placeAt(places, path, path, parent);
    if (described?.kind !== 'nothing') place.kinds.add(kindOf(value));
    if (Array.isArray(value)) for (const item of value) visit(item, `${path}[]`, path, itemShape(described));
    else if (isObject(value)) {
      const isMap = described?.kind === 'dict' || described?.kind === 'entry';
      for (const [key, member] of Object.entries(value)) {
        if (isMap) place.values.push(key);
        visit(member, `${path}.${isMap ? '*' : key}`, path, memberShape(described, key));
      }
    } else place.values.push(digitsOf(value) ?? String(value));
  };
  visit(content, root, undefined, shape);
  return places;
}

function isObject(value: unknown): value is Fields {
  return isFields(value) && digitsOf(value) === undefined;
}

function kindOf(value: unknown): string {
  if (digitsOf(value) !== undefined) return 'number';
  return Array.isArray(value) ? 'array' : typeof value;
}
