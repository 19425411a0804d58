import type { Shape } from '../../src/schema/shapes.ts';

/** Return the shape of a member of an object; undefined if it is not described. */
export function memberShape(shape: Shape | undefined, key: string): Shape | undefined {
  if (shape?.kind === 'record') return Object.hasOwn(shape.members, key) ? shape.members[key]?.shape : undefined;
  return shape?.kind === 'dict' || shape?.kind === 'entry' || shape?.kind === 'named' ? shape.value : undefined;
}

/** Return the shape of the items of a list in JSON, including an object around each item. */
export function itemShape(shape: Shape | undefined): Shape | undefined {
  if (shape?.kind !== 'list') return undefined;
  const { wrapped, item } = shape;
  return wrapped === undefined ? item : { kind: 'record', members: { [wrapped]: { place: 'element', shape: item } } };
}
