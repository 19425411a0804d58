import { isFields } from './fields.ts';
import { perMessage } from './per-message.ts';
import type { Message } from './shapes.ts';

/**
 * The number of items in a slice. Long lists are parsed and written ten items at a time, so that other requests are served in
 * between: that reduced a pause of 32 ms to 8 (docs/speed.md).
 */
export const itemsPerSlice = 10;

/** A slice of a message's value: the value with a part of its list. */
export interface Slice {
  readonly value: unknown;
  /** True for the last slice, which also has the members other than the list. */
  readonly isLast: boolean;
}

/** Find the JSON key of the list in a message that consists of one; undefined for any other message. */
export const listKeyOf = perMessage(({ root, content, isBare }) => {
  if (content.kind === 'list') return isBare === true ? undefined : root;
  if (content.kind !== 'record' || isBare !== true) return undefined;
  const [first] = Object.entries(content.members);
  const isList = first?.[1].place === 'inline' && first[1].shape.kind === 'list';
  // A member with `always` would be written with each slice.
  const isOnce = Object.values(content.members).every(({ always }) => always !== true);
  return isList && isOnce ? first?.[0] : undefined;
});

/**
 * Cut a value into slices. Written one after the other, they are the document of the whole value. A value without a long
 * list is a single slice.
 */
export function* slicesOf(message: Message, value: unknown): Generator<Slice> {
  const key = listKeyOf(message);
  const items: unknown = message.content.kind === 'list' || key === undefined || !isFields(value) ? value : value[key];
  if (key === undefined || !Array.isArray(items)) {
    yield { value, isLast: true };
    return;
  }
  const last = Math.max(0, Math.ceil(items.length / itemsPerSlice) - 1) * itemsPerSlice;
  for (let at = 0; at < last; at += itemsPerSlice) yield sliceOf(message, key, items.slice(at, at + itemsPerSlice));
  yield lastSliceOf(key, items.slice(last), value);
}

/** Make a slice that is not the last. */
export function sliceOf({ content }: Message, key: string, items: readonly unknown[]): Slice {
  return { value: content.kind === 'list' ? items : { [key]: items }, isLast: false };
}

/** Make the last slice. @param value the whole value, for the members other than the list */
export function lastSliceOf(key: string, items: readonly unknown[], value: unknown): Slice {
  return { value: isFields(value) ? { [key]: items, ...without(value, key) } : items, isLast: true };
}

function without(value: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
