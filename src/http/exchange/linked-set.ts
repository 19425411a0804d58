/** A place in the ring of those who are there; the ring's own place has nobody. */
interface Place<T> {
  one: T | undefined;
  before: Place<T>;
  after: Place<T>;
}

/**
 * Those who are there now, in the order in which they came; each comes and goes once.
 *
 * Not a Set: V8 makes the table of a Set anew after so many changes, and each table points to the next. Once one of them is
 * old, all that follow are kept until the next full collection, with whoever was in them: every exchange would be.
 */
export class Roster<T> {
  readonly #ring: Place<T>;
  #size = 0;

  constructor() {
    this.#ring = alone();
  }

  get size(): number {
    return this.#size;
  }

  /** Adds one, which is not undefined; what it gives is called when that one goes, and tells whether it was there. */
  enter(one: T): () => boolean {
    const after = this.#ring;
    const place: Place<T> = { one, before: after.before, after };
    after.before.after = place;
    after.before = place;
    this.#size += 1;
    return () => this.#leave(place);
  }

  /** Who came first; undefined for nobody. */
  first(): T | undefined {
    return this.#ring.after.one;
  }

  /** All of them: who goes meanwhile is among them. */
  all(): T[] {
    const found: T[] = [];
    for (let { one, after } = this.#ring.after; one !== undefined; { one, after } = after) found.push(one);
    return found;
  }

  #leave(place: Place<T>): boolean {
    if (place.one === undefined) return false;
    place.before.after = place.after;
    place.after.before = place.before;
    // An old place must keep no younger one.
    place.before = place;
    place.after = place;
    place.one = undefined;
    this.#size -= 1;
    return true;
  }
}

/** A ring with nobody in it. */
function alone<T>(): Place<T> {
  const none = { one: undefined } as Place<T>;
  none.before = none;
  none.after = none;
  return none;
}
