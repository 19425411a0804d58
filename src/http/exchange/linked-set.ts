/** A link of the ring. The link that closes the ring has no value. */
interface Link<T> {
  value: T | undefined;
  before: Link<T>;
  after: Link<T>;
}

/**
 * A set in insertion order, as a doubly linked ring; `add` returns the function that removes the value.
 *
 * It is not a Set, because V8 rebuilds the table of a Set after many changes, and each table points to the next. Once a table
 * is in the old generation, all later tables survive until a full garbage collection, with all values that were ever in
 * them. A Set to which every exchange is added would keep all exchanges alive.
 */
export class LinkedSet<T> {
  readonly #ring: Link<T>;
  #size = 0;

  constructor() {
    this.#ring = emptyRing();
  }

  get size(): number {
    return this.#size;
  }

  /** Add a value other than undefined. @returns the function that removes it; that returns false if it was removed before */
  add(value: T): () => boolean {
    const after = this.#ring;
    const link: Link<T> = { value, before: after.before, after };
    after.before.after = link;
    after.before = link;
    this.#size += 1;
    return () => this.#remove(link);
  }

  /** Return the oldest value; undefined if the set is empty. */
  first(): T | undefined {
    return this.#ring.after.value;
  }

  /** Return the newest value; undefined if the set is empty. */
  last(): T | undefined {
    return this.#ring.before.value;
  }

  /** Copy all values, oldest first. */
  values(): T[] {
    const found: T[] = [];
    for (let { value, after } = this.#ring.after; value !== undefined; { value, after } = after) found.push(value);
    return found;
  }

  #remove(link: Link<T>): boolean {
    if (link.value === undefined) return false;
    link.before.after = link.after;
    link.after.before = link.before;
    // A removed link in the old generation must not keep younger ones alive.
    link.before = link;
    link.after = link;
    link.value = undefined;
    this.#size -= 1;
    return true;
  }
}

function emptyRing<T>(): Link<T> {
  const ring = { value: undefined } as Link<T>;
  ring.before = ring;
  ring.after = ring;
  return ring;
}
