import { isFields } from '../fields.ts';
import { mapOf } from './map-of.ts';
import type { DictShape, ListShape, Shape } from '../shapes.ts';

/**
 * The function that removes members that are not described from a JSON value. It adds the names of values that it rewrites to
 * `misshapen`.
 */
export type Selector = (value: unknown, misshapen: Set<string>) => unknown;

const asIs: Selector = (value) => value;

/**
 * Make the selector of a shape. It removes unknown members and keeps all other values, even those of a wrong kind; but a map
 * that a cloud writes as an array of objects becomes a map, because clients of legacy Nova look up its keys.
 */
export function selector(shape: Shape): Selector {
  switch (shape.kind) {
    case 'record': {
      const members = new Map(Object.entries(shape.members).map(([key, member]) => [key, selector(member.shape)]));
      return (value, misshapen) => mapEntries(value, (key, content) => members.get(key)?.(content, misshapen));
    }
    case 'dict':
      return dictSelector(shape);
    case 'entry': {
      const select = selector(shape.value);
      return (value, misshapen) => mapEntries(value, (_, content) => select(content, misshapen));
    }
    case 'list':
      return listSelector(shape);
    case 'named': {
      const select = selector(shape.value);
      return select === asIs
        ? asIs
        : (value, misshapen) => mapEntries(value, (_, content) => select(content, misshapen));
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

function dictSelector(shape: DictShape): Selector {
  const select = selector(shape.value);
  return (value, misshapen) => {
    const isJoined = Array.isArray(value) && value.length > 0 && value.every(isFields);
    if (isJoined) misshapen.add(shape.tag);
    return mapEntries(isJoined ? mapOf(value, shape) : value, (_, content) => select(content, misshapen));
  };
}

function listSelector({ wrapped, item }: ListShape): Selector {
  const selectItem = selector(item);
  const select: Selector =
    wrapped === undefined
      ? selectItem
      : (value, misshapen) =>
          mapEntries(value, (key, content) => (key === wrapped ? selectItem(content, misshapen) : undefined));
  return (value, misshapen) => (Array.isArray(value) ? value.map((one) => select(one, misshapen)) : value);
}

function mapEntries(value: unknown, select: (key: string, content: unknown) => unknown): unknown {
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, content]) => [key, select(key, content)] as const)
      .filter(([, content]) => content !== undefined),
  );
}
