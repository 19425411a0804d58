import { isUtf8 } from 'node:buffer';
import { parseExactly } from '../exact-json.ts';
import { isFields, type Fields } from '../fields.ts';
import { hasOutline } from '../outline.ts';
import { fromDocument } from '../json-document.ts';
import { isTooDeep } from '../nesting.ts';
import type { Message } from '../shapes.ts';
import { lastSliceOf, listKeyOf, mostItems, sliceOf, type Slice } from '../slices.ts';

/** Says that a document is not read slice by slice, and nothing else of it. */
export class NotSliced extends Error {
  override readonly name = 'NotSliced';
}

/** How deep items may nest, and how much may stand before and behind them, in bytes. Real ones nest 4 deep. */
const deepest = 32;
const mostAround = 65_536;

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * The value of a message in its JSON, in the slices that `slicesOf` makes of it, each parsed when it is asked for: a long
 * document that is parsed at one go keeps all others waiting, and so does the collection of all that was made of it.
 *
 * Where an item ends is searched for, and the parser judges what was found: each item must be an object, and what is around
 * them must be the document with another value in the place of its list. When the last slice has been read, the whole is
 * known to be JSON, of the message's outline, and read as it would be at one go.
 * @throws {NotSliced} at any slice, where anything is broken or unusual
 */
export function* readSlices(message: Message, json: Buffer): Generator<Slice> {
  const key = listKeyOf(message);
  const start = key === undefined || !isUtf8(json) ? -1 : startOfList(json, key);
  if (key === undefined || start === -1) throw new NotSliced();
  let items: unknown[] = [];
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
    if (items.length < mostItems) continue;
    yield sliceOf(message, key, items);
    items = [];
  }
}

/** Where the list may begin; -1 for nowhere. */
function startOfList(json: Buffer, key: string): number {
  const named = json.indexOf(JSON.stringify(key));
  return named === -1 || named > mostAround ? -1 : json.indexOf(openBracket, named);
}

/** What stands behind an item: a comma, or the end of the list. */
function endOfItem(json: Buffer, from: number): number {
  let nesting = 0;
  for (let at = from; at < json.length; at += 1) {
    switch (json[at] ?? 0) {
      case quote:
        at += 1;
        for (; at < json.length && json[at] !== quote; at += 1) if (json[at] === backslash) at += 1;
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

/** An object: what is wrong with anything else, the whole document tells. */
function itemBetween(json: Buffer, from: number, end: number): Fields {
  const item = parse(json.toString('utf8', from, end));
  if (!isFields(item)) throw new NotSliced();
  return item;
}

/**
 * The message's value with no items in its list, by what is around them. That it is this list, and that its key comes no
 * second time, shows in what another value in its place changes.
 */
function valueAround(message: Message, key: string, json: Buffer, start: number, end: number): unknown {
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
