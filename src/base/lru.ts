/** A map with at most `capacity` entries. When it is full, it drops the least recently used entry. */
export class LruMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();

  /** @param entries the least recently used entry first */
  constructor(
    private readonly capacity: number,
    entries: Iterable<readonly [Key, Value]> = [],
  ) {
    for (const [key, value] of entries) this.set(key, value);
  }

  /** Reading an entry counts as use. */
  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.capacity && oldest !== undefined) this.#entries.delete(oldest);
  }

  clear(): void {
    this.#entries.clear();
  }

  /** The least recently used entry first. */
  [Symbol.iterator](): Iterator<[Key, Value]> {
    return this.#entries[Symbol.iterator]();
  }
}
