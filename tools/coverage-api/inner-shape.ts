import type { Shape } from '../../src/schema/shapes.ts';

/** The shape of an object's member; undefined for what is not described. */
export function memberShape(shape: Shape | undefined, key: string): Shape | undefined {
  if (shape?.kind === 'record') return Object.hasOwn(shape.members, key) ? shape.members[key]?.shape : undefined;
  return shape?.kind === 'dict' || shape?.kind === 'entry' || shape?.kind === 'named' ? shape.value : undefined;
}

/** The shape of a list's items in JSON, with the object around each where there is one. */
export function itemShape(shape: Shape | undefined): Shape | undefined {
  if (shape?.kind !== 'list') return undefined;
  const { wrapped, item } = shape;
  return wrapped === undefined ? item : { kind: 'record', members: { [wrapped]: { place: 'element', shape: item } } };
}
