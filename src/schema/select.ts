import { isFields } from './fields.ts';
import type { Shape } from './shapes.ts';

/** The function that removes members that are not described from a JSON value. */
export type Selector = (value: unknown) => unknown;

const asIs: Selector = (value) => value;

/** Make the selector of a shape. It removes unknown members and keeps all other values, even those of a wrong kind. */
export function selector(shape: Shape): Selector {
  switch (shape.kind) {
    case 'record': {
      const members = new Map(Object.entries(shape.members).map(([key, member]) => [key, selector(member.shape)]));
      return (value) => mapEntries(value, (key, content) => members.get(key)?.(content));
    }
    case 'dict':
    case 'entry': {
      const select = selector(shape.value);
      return (value) => mapEntries(value, (_, content) => select(content));
    }
    case 'list': {
      const { wrapped, item } = shape;
      const selectItem = selector(item);
      const select: Selector =
        wrapped === undefined
          ? selectItem
          : (value) => mapEntries(value, (key, content) => (key === wrapped ? selectItem(content) : undefined));
      return (value) => (Array.isArray(value) ? value.map(select) : value);
    }
    case 'named': {
      const select = selector(shape.value);
      return select === asIs ? asIs : (value) => mapEntries(value, (_, content) => select(content));
    }
    case 'nothing':
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return asIs;
    default:
      return shape satisfies never;
  }
}

function mapEntries(value: unknown, select: (key: string, content: unknown) => unknown): unknown {
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, content]) => [key, select(key, content)] as const)
      .filter(([, content]) => content !== undefined),
  );
}
