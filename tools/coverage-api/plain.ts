import { digitsOf } from '../../src/schema/exact-json.ts';
import { isFields } from '../../src/schema/fields.ts';
import type { Shape } from '../../src/schema/shapes.ts';
import type { XmlElement } from '../../src/xml/element.ts';
import { itemShape, memberShape } from './inner-shape.ts';
import { sameTime } from './spelling.ts';

/** Remove what XML cannot express: null or the text None, empty lists and maps, and the types in maps of elements. */
export function plainContent(value: unknown, shape?: Shape): unknown {
  return isDropped(value) ? null : plain(value, shape);
}

function plain(value: unknown, shape: Shape | undefined): unknown {
  if (typeof value === 'string') return sameTime(value);
  if (digitsOf(value) !== undefined) return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, itemShape(shape)));
  if (!isFields(value)) return value;
  const fields = shape?.kind === 'named' ? textsOf(value) : value;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, member]) => {
      // A member that is not described must be reported as missing, whatever its value.
      const mayDrop = shape?.kind !== 'record' || Object.hasOwn(shape.members, key);
      const made = mayDrop && isDropped(member) ? null : plain(member, memberShape(shape, key));
      return mayDrop && isDropped(made) ? [] : [[key, made]];
    }),
  );
}

function isDropped(value: unknown): boolean {
  if (value === null || value === undefined || value === 'None') return true;
  return typeof value === 'object' && digitsOf(value) === undefined && Object.keys(value).length === 0;
}

/** Convert scalars to texts as Python prints them. */
function textsOf(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, textOf(member)]));
}

function textOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textOf);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return digitsOf(value) ?? value;
}

/** Remove attributes and children with the text None, which legacy Nova wrote for null. */
export function withoutNone(element: XmlElement): XmlElement {
  return {
    ...element,
    attributes: element.attributes.filter(({ value }) => value !== 'None'),
    children: element.children
      .filter(({ text, children }) => text !== 'None' || children.length > 0)
      .map((child) => withoutNone(child)),
  };
}
