import { isSame, viewOf } from './byte-output.ts';

/** The table that finds a name by its bytes, without making a string of them. */
export class KeyTable {
  readonly names: readonly string[];
  readonly #text: DataView;
  /** The place of each name in the text, and behind the last. */
  readonly #starts: Int32Array;
  /** The first name of each hash, and the next name of the same hash; -1 for none. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #mask: number;
  readonly #byName: ReadonlyMap<string, number>;

  /** @param names names of ASCII */
  constructor(names: readonly string[]) {
    this.names = names;
    this.#byName = new Map(names.map((name, index) => [name, index]));
    this.#text = viewOf(Buffer.from(names.join(''), 'latin1'));
    this.#starts = new Int32Array(names.length + 1);
    this.#mask = 2 ** Math.ceil(Math.log2(names.length + 1) + 3) - 1;
    this.#first = new Int32Array(this.#mask + 1).fill(-1);
    this.#next = new Int32Array(names.length).fill(-1);
    let start = 0;
    for (const [index, name] of names.entries()) {
      const hash = hashOf(this.#text, start, start + name.length) & this.#mask;
      this.#next[index] = this.#first[hash] ?? -1;
      this.#first[hash] = index;
      start += name.length;
      this.#starts[index + 1] = start;
    }
  }

  /** Find the index of the name that some bytes are; -1 for none. */
  find(view: DataView, start: number, end: number): number {
    const length = end - start;
    let found = this.#first[hashOf(view, start, end) & this.#mask] ?? -1;
    for (; found !== -1; found = this.#next[found] ?? -1) {
      const from = this.#starts[found] ?? 0;
      if ((this.#starts[found + 1] ?? 0) - from === length && isSame(this.#text, from, view, start, length)) break;
    }
    return found;
  }

  /** Find the index of a name; -1 for none. */
  indexOf(name: string): number {
    return this.#byName.get(name) ?? -1;
  }
}

/** Hash bytes by their number and by four of them, in which names differ. */
function hashOf(view: DataView, start: number, end: number): number {
  const length = end - start;
  if (length === 0) return 0;
  const first = view.getUint8(start);
  const quarter = view.getUint8(start + (length >> 2));
  const middle = view.getUint8(start + (length >> 1));
  const last = view.getUint8(end - 1);
  return length * 31 + first * 7 + quarter * 3 + middle * 59 + last * 11;
}
