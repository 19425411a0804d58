/**
 * A map that forgets entries that were not used for long, so that its size is bounded whatever keys callers invent: it holds
 * two generations of `most` entries each. The usual LRU would change its table at each use, and V8 keeps the old tables of a
 * Map alive until a full garbage collection.
 */
export class RecentMap<V> {
  readonly #most: number;
  readonly #isInUse: (value: V) => boolean;
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  /** The entries that were added to the young generation. */
  #added = 0;

  /** @param isInUse true for a value that is never forgotten */
  constructor(most: number, isInUse: (value: V) => boolean = () => false) {
    this.#most = most;
    this.#isInUse = isInUse;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.#old.delete(key);
    this.set(key, old);
    return old;
  }

  set(key: string, value: V): void {
    this.#young.set(key, value);
    this.#added += 1;
    if (this.#added >= this.#most) this.#grow();
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  /** Forget the old generation, and begin a young one. */
  #grow(): void {
    const kept = [...this.#old].filter(([, value]) => this.#isInUse(value));
    this.#old = this.#young;
    this.#young = new Map(kept);
    this.#added = 0;
  }
}
