import { isUtf8 } from 'node:buffer';
import { parseExactly } from '../exact-json.ts';
import { isFields, type Fields } from '../fields.ts';
import { hasOutline } from '../outline.ts';
import { fromDocument } from '../json-document.ts';
import { isTooDeep } from '../nesting.ts';
import type { Message } from '../shapes.ts';
import { lastSliceOf, listKeyOf, itemsPerSlice, sliceOf, type Slice } from '../slices.ts';

/** The error for a document that cannot be read slice by slice. It has no details, because the whole document is then read instead. */
export class NotSliced extends Error {
  override readonly name = 'NotSliced';
}

/** The deepest nesting of an item, in levels; real items nest 4 deep. */
const deepest = 32;
/** The largest slice, and the largest item, in bytes: both are translated in one piece. */
export const mostInSlice = 65_536;
/** The longest text before the list, and after it, in bytes. */
const mostAround = 65_536;

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Read the JSON of a message in the same slices as `slicesOf`, parsing each on demand. Parsing a long document at once blocks
 * the event loop, and its objects survive two garbage collections: slices reduce a pause of 32 ms to 8 (docs/speed.md).
 *
 * The end of an item is found in its bytes, and then the parser reads the item. Each item must be an object, and the bytes
 * around the list must be a JSON document. After the last slice it is certain that the whole document is JSON with the outline
 * of the message, and that parsing it at once would have given the same value.
 * @throws {NotSliced} at any slice, for a document that is broken or unusual
 */
export function* readSlices(message: Message, json: Buffer): Generator<Slice> {
  const key = listKeyOf(message);
  const start = key === undefined || !isUtf8(json) ? -1 : startOfList(json, key);
  if (key === undefined || start === -1) throw new NotSliced();
  let items: unknown[] = [];
  let sliceStart = start + 1;
  for (let from = start + 1; ;) {
    const end = endOfItem(json, from);
    items.push(itemBetween(json, from, end));
    if (json[end] !== comma) {
      const slice = lastSliceOf(key, items, valueAround(message, key, json, start, end));
      if (isTooDeep(slice.value)) throw new NotSliced();
      yield slice;
      return;
    }
    from = end + 1;
    if (items.length < itemsPerSlice && from - sliceStart < mostInSlice) continue;
    yield sliceOf(message, key, items);
    items = [];
    sliceStart = from;
  }
}

/** Find the bracket where the list may begin; -1 for none. */
export function startOfList(json: Buffer, key: string): number {
  const named = json.indexOf(JSON.stringify(key));
  return named === -1 || named > mostAround ? -1 : json.indexOf(openBracket, named);
}

/** Find the byte after an item: a comma, or the bracket that ends the list. @throws {NotSliced} for an item that is too large */
function endOfItem(json: Buffer, from: number): number {
  let nesting = 0;
  const end = Math.min(json.length, from + mostInSlice);
  for (let at = from; at < end; at += 1) {
    switch (json[at] ?? 0) {
      case quote:
        at += 1;
        for (; at < end && json[at] !== quote; at += 1) if (json[at] === backslash) at += 1;
        break;
      case openBrace:
      case openBracket:
        nesting += 1;
        if (nesting > deepest) throw new NotSliced();
        break;
      case closeBrace:
      case closeBracket:
        if (nesting === 0) return at;
        nesting -= 1;
        break;
      case comma:
        if (nesting === 0) return at;
        break;
      default:
    }
  }
  throw new NotSliced();
}

/** Parse an item, which must be an object. For any other item, reading the whole document reports the error. */
function itemBetween(json: Buffer, from: number, end: number): Fields {
  const item = parse(json.toString('utf8', from, end));
  if (!isFields(item)) throw new NotSliced();
  return item;
}

/**
 * Parse the bytes around the list as a document with an empty list. Parse them again with null in its place: if the member
 * has both values, it is this list, and its key occurs only once.
 */
export function valueAround(message: Message, key: string, json: Buffer, start: number, end: number): unknown {
  if (start > mostAround || json.length - end > mostAround) throw new NotSliced();
  const before = json.toString('utf8', 0, start);
  const behind = json.toString('utf8', end);
  const [empty, none] = [parse(`${before}[${behind}`), parse(`${before}null${behind.slice(1)}`)];
  if (!isFields(empty) || !isFields(none) || !Array.isArray(empty[key]) || none[key] !== null) throw new NotSliced();
  const value = fromDocument(message, empty);
  if (!hasOutline(message)(value)) throw new NotSliced();
  return value;
}

function parse(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    throw new NotSliced();
  }
}
