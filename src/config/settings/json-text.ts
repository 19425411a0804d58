/** The error of a text that is not JSON. It says where, and what was expected there, but quotes nothing: a file may hold secrets. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError';

  constructor(text: string, at: number, expected: string) {
    const before = text.slice(0, at).split('\n');
    super(`line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${expected}`);
  }
}

/** A JSON document with the paths of members that stand in it twice; the value has the last of them, as JSON.parse has. */
export interface JsonText {
  readonly value: unknown;
  readonly twice: readonly string[];
}

/** Deepest nesting that is read. Settings are nested three deep; without a limit a hostile text overflows the stack. */
const mostDepth = 64;

/**
 * Read a JSON text as JSON.parse does, but say where a mistake is without quoting the text, and find members that are given
 * twice, of which JSON.parse silently drops one.
 * @throws {JsonTextError}
 */
export function readJsonText(text: string): JsonText {
  const reader = new Reader(text);
  const value = reader.readValue([]);
  reader.end();
  return { value, twice: reader.twice };
}

/** A JSON string: from U+0020 on all characters but the quotation mark and the backslash stand for themselves. */
const string = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b/y;
const space = /[ \t\r\n]*/y;

class Reader {
  readonly twice: string[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readValue(path: readonly string[]): unknown {
    this.#take(space);
    if (path.length > mostDepth) throw this.#error('the nesting is too deep');
    const next = this.#text[this.#at];
    if (next === '{') return this.#readObject(path);
    if (next === '[') return this.#readArray(path);
    if (next === '"') return this.#readString();
    const token = this.#take(scalar);
    if (token === '') throw this.#error('a value is expected');
    return JSON.parse(token);
  }

  end(): void {
    this.#take(space);
    if (this.#at < this.#text.length) throw this.#error('the end is expected');
  }

  #readObject(path: readonly string[]): unknown {
    const members = new Map<string, unknown>();
    this.#readItems('}', (isFirst) => {
      if (this.#text[this.#at] !== '"')
        throw this.#error(
          isFirst
            ? 'a name in double quotation marks, or }, is expected'
            : 'a name in double quotation marks is expected',
        );
      const name = this.#readString();
      if (members.has(name)) this.twice.push([...path, name].join('.'));
      this.#take(space);
      if (this.#text[this.#at] !== ':') throw this.#error('a colon is expected');
      this.#at += 1;
      members.set(name, this.readValue([...path, name]));
    });
    // It defines own members, so that `__proto__` is one like any other.
    return Object.fromEntries(members);
  }

  #readArray(path: readonly string[]): unknown {
    const items: unknown[] = [];
    this.#readItems(']', () => items.push(this.readValue([...path, `${items.length}`])));
    return items;
  }

  /** Read what stands between brackets, separated by commas. */
  #readItems(end: '}' | ']', readItem: (isFirst: boolean) => void): void {
    for (let count = 0; ; count += 1) {
      this.#at += 1;
      this.#take(space);
      if (count === 0 && this.#text[this.#at] === end) break;
      readItem(count === 0);
      this.#take(space);
      if (this.#text[this.#at] === end) break;
      if (this.#text[this.#at] !== ',') throw this.#error(`a comma or ${end} is expected`);
    }
    this.#at += 1;
  }

  #readString(): string {
    const token = this.#take(string);
    if (token === '')
      throw this.#error('the text that begins here has no end on its line, or an escape that JSON does not have');
    // The token is a JSON string by the pattern.
    return JSON.parse(token) as string;
  }

  /** Take what matches at the current place; the empty text if nothing does. */
  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [token = ''] = pattern.exec(this.#text) ?? [];
    this.#at += token.length;
    return token;
  }

  /** Describe a mistake at the current place; usual ones by their mend. */
  #error(expected: string): JsonTextError {
    const rest = this.#text.slice(this.#at, this.#at + 2);
    const before = this.#text.slice(0, this.#at).trimEnd();
    return new JsonTextError(this.#text, this.#at, usualMend(rest, before) ?? expected);
  }
}

function usualMend(rest: string, before: string): string | undefined {
  if (rest === '') return 'the file ends too early';
  if (/^(?:\/[/*]|#)/.test(rest)) return 'JSON has no comments';
  if (rest.startsWith("'")) return 'JSON has double quotation marks only';
  if (/^[}\]]/.test(rest) && before.endsWith(',')) return 'a comma stands before the end, where JSON has none';
  if (/^\d/.test(rest) && before.endsWith('0'))
    return 'a number has no leading zero; write the value as a text, in double quotation marks';
  return undefined;
}
