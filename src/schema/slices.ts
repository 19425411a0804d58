import { isFields } from './fields.ts';
import { perMessage } from './per-message.ts';
import type { Message } from './shapes.ts';

/** The most items of a list that are written at one go. */
const most = 10;

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
 * A value in slices, each of them a value of the same message with a part of its list, the last with all the rest: what is
 * written of each, one after the other, is the whole. A value without a long list is its only slice.
 */
export function* slicesOf(message: Message, value: unknown): Generator {
  const key = listKeyOf(message);
  const isWhole = message.content.kind === 'list';
  const items: unknown = isWhole || key === undefined || !isFields(value) ? value : value[key];
  if (key === undefined || !Array.isArray(items)) {
    yield value;
    return;
  }
  const last = Math.max(0, Math.ceil(items.length / most) - 1) * most;
  for (let at = 0; at < last; at += most) {
    const slice = items.slice(at, at + most);
    yield isWhole ? slice : { [key]: slice };
  }
  const rest = items.slice(last);
  yield isFields(value) ? { [key]: rest, ...without(value, key) } : rest;
}

function without(value: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
