import { isFields } from './fields.ts';
import { perMessage } from './per-message.ts';
import type { Message } from './shapes.ts';

/** The most items of a list that are written at one go. */
export const mostItems = 10;

/** A value of a message with a part of its list. */
export interface Slice {
  readonly value: unknown;
  /** Whether it is the last one, which has all that is not of the list too. */
  readonly isLast: boolean;
}

/** Where a message's list is: its key in JSON, undefined for none. */
export const listKeyOf = perMessage(({ root, content, isBare }) => {
  if (content.kind === 'list') return isBare === true ? undefined : root;
  if (content.kind !== 'record' || isBare !== true) return undefined;
  const [first] = Object.entries(content.members);
  const isList = first?.[1].place === 'inline' && first[1].shape.kind === 'list';
  // What is always written would be with each slice.
  const isOnce = Object.values(content.members).every(({ always }) => always !== true);
  return isList && isOnce ? first?.[0] : undefined;
});

/**
 * A value in slices: what is written of each, one after the other, is the whole. A value without a long list is its only
 * slice.
 */
export function* slicesOf(message: Message, value: unknown): Generator<Slice> {
  const key = listKeyOf(message);
  const items: unknown = message.content.kind === 'list' || key === undefined || !isFields(value) ? value : value[key];
  if (key === undefined || !Array.isArray(items)) {
    yield { value, isLast: true };
    return;
  }
  const last = Math.max(0, Math.ceil(items.length / mostItems) - 1) * mostItems;
  for (let at = 0; at < last; at += mostItems) yield sliceOf(message, key, items.slice(at, at + mostItems));
  yield lastSliceOf(key, items.slice(last), value);
}

/** The slice of some items that others follow. */
export function sliceOf({ content }: Message, key: string, items: readonly unknown[]): Slice {
  return { value: content.kind === 'list' ? items : { [key]: items }, isLast: false };
}

/** The slice of the last items. @param value the whole, for what is not of the list */
export function lastSliceOf(key: string, items: readonly unknown[], value: unknown): Slice {
  return { value: isFields(value) ? { [key]: items, ...without(value, key) } : items, isLast: true };
}

function without(value: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
