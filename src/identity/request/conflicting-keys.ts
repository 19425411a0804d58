import { repeatedKeys } from '../../schema/read/repeated-keys.ts';

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** An object or array whose end has not been read. */
interface OpenContainer {
  readonly path: string;
  /** The value of each key so far, as text; undefined for an array. */
  readonly values: Map<string, string> | undefined;
  /** The key of the member that is read, and the place behind its colon. */
  key: string | undefined;
  start: number;
}

/**
 * List the paths of keys that an object of a JSON text has more than once, with values that differ as texts. The parser keeps
 * the last value, and another reader may keep the first. The cost grows with the length of the text times its depth.
 * @param value the parsed text
 */
export function conflictingKeys(text: string, value: unknown): readonly string[] {
  return repeatedKeys(text, value).length === 0 ? [] : conflicts(text);
}

function conflicts(text: string): readonly string[] {
  const found: string[] = [];
  const open: OpenContainer[] = [];
  for (const { 0: token, index } of text.matchAll(tokens)) {
    const inner = open.at(-1);
    if (token === '{' || token === '[') open.push(openedIn(inner, token));
    else if (token === ':') startValue(inner, index);
    else if (token === ',') endValue(inner, text.slice(inner?.start, index), found);
    else if (token === '}' || token === ']') {
      endValue(inner, text.slice(inner?.start, index), found);
      open.pop();
    } else if (inner?.values !== undefined && inner.key === undefined) inner.key = String(JSON.parse(token));
  }
  return found;
}

function openedIn(outer: OpenContainer | undefined, token: string): OpenContainer {
  const path = [outer?.path, outer?.key].filter((part) => part !== undefined && part !== '').join('.');
  return { path, values: token === '{' ? new Map() : undefined, key: undefined, start: 0 };
}

function startValue(inner: OpenContainer | undefined, at: number): void {
  if (inner !== undefined) inner.start = at + 1;
}

function endValue(inner: OpenContainer | undefined, written: string, found: string[]): void {
  if (inner?.values === undefined || inner.key === undefined) return;
  const value = written.trim();
  const known = inner.values.get(inner.key);
  if (known !== undefined && known !== value) found.push(inner.path === '' ? inner.key : `${inner.path}.${inner.key}`);
  inner.values.set(inner.key, value);
  inner.key = undefined;
}
