import { isFields } from './fields.ts';
import type { Shape } from './shapes.ts';

/** Gives the part of a JSON value that its description names. */
export type Selector = (value: unknown) => unknown;

const asIs: Selector = (value) => value;

/** The selector of a shape, made once: unknown members are left out, whatever else the value holds is kept as it is. */
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
    case 'named':
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
