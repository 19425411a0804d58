/** A link of the ring; the ring's own link has no value. */
interface Link<T> {
  value: T | undefined;
  before: Link<T>;
  after: Link<T>;
}

/**
 * A set in insertion order, as a ring of links; `add` returns the removal of what it added.
 *
 * Not a Set: V8 rebuilds a Set's table after so many changes, and each table points to the next one. Once one of them is in
 * the old generation, every later table survives until a full garbage collection, with everything that was ever in it. A
 * gateway that adds and removes each exchange would keep them all.
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

  /** Add a value other than undefined; the returned function removes it and returns whether it was still there. */
  add(value: T): () => boolean {
    const after = this.#ring;
    const link: Link<T> = { value, before: after.before, after };
    after.before.after = link;
    after.before = link;
    this.#size += 1;
    return () => this.#remove(link);
  }

  /** The oldest value; undefined where the set is empty. */
  first(): T | undefined {
    return this.#ring.after.value;
  }

  /** A copy of all values, oldest first. */
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
