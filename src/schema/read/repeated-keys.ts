import { isFields } from '../fields.ts';

/** A quote and a colon: the end of a key, or the same inside a string. */
const endsOfKeys = /"\s*:/g;
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** An object or array whose end has not been read. */
interface Open {
  /** The keys of an object so far; undefined for an array. */
  readonly keys: Set<string> | undefined;
  /** The path of the current member or item. */
  at: string;
  index: number;
  readonly path: string;
  /** True where the next string is a key. */
  isBeforeKey: boolean;
}

/**
 * List the paths of keys that an object of a JSON text has more than once. The parser keeps the last value and says nothing
 * of the others. Nearly every text has as many keys as its value has members, which is counted first.
 * @param value the parsed text
 */
export function repeatedKeys(text: string, value: unknown): readonly string[] {
  const written = text.match(endsOfKeys)?.length ?? 0;
  return written === countMembers(value) ? [] : search(text);
}

/** Count the members of all objects. A stack instead of recursion, because a value may nest deep. */
function countMembers(value: unknown): number {
  let count = 0;
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (!isFields(next) && !Array.isArray(next)) continue;
    const inside: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (!Array.isArray(next)) count += inside.length;
    for (const item of inside) if (typeof item === 'object') rest.push(item);
  }
  return count;
}

function search(text: string): readonly string[] {
  const repeated: string[] = [];
  const open: Open[] = [];
  for (const [token] of text.matchAll(tokens)) {
    const inner = open.at(-1);
    if (token === '{' || token === '[') {
      const isObject = token === '{';
      const path = inner?.at ?? '';
      const keys = isObject ? new Set<string>() : undefined;
      open.push({ keys, path, at: isObject ? path : `${path}[0]`, index: 0, isBeforeKey: isObject });
    } else if (token === '}' || token === ']') open.pop();
    else if (inner !== undefined) readInside(inner, token, repeated);
  }
  return repeated;
}

function readInside(inner: Open, token: string, repeated: string[]): void {
  const { keys, path } = inner;
  if (token === ',') {
    inner.isBeforeKey = keys !== undefined;
    inner.index += 1;
    if (keys === undefined) inner.at = `${path}[${inner.index}]`;
  } else if (keys !== undefined && inner.isBeforeKey && token !== ':') {
    const key = String(JSON.parse(token));
    inner.isBeforeKey = false;
    inner.at = path === '' ? key : `${path}.${key}`;
    if (keys.has(key)) repeated.push(inner.at);
    keys.add(key);
  }
}
