/** Reads the primitives of the wasm binary format. Every read checks bounds and may throw `MalformedWasm`. */

export class MalformedWasm extends Error {
  override readonly name = 'MalformedWasm';

  /** @param at offset in the cursor's bytes */
  constructor(
    readonly at: number,
    readonly reason: string,
  ) {
    super(`${reason} (at byte ${at})`);
  }
}

/**
 * The maximum number of types, functions, imports or exports. Wasmtime rejects modules with more (wasmparser
 * `limits.rs`), and reading them would take gigabytes.
 */
const MAX_ITEMS = 1_000_000;

/** Reads from `at` up to `end`, which is exclusive. */
export class Cursor {
  constructor(
    private readonly bytes: Uint8Array,
    public at = 0,
    readonly end = bytes.length,
  ) {}

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** The next byte, which stays the next one. Undefined at the end. */
  peek(): number | undefined {
    return this.isAtEnd ? undefined : this.bytes[this.at];
  }

  byte(): number {
    const byte = this.at < this.end ? this.bytes[this.at] : undefined;
    if (byte === undefined) throw new MalformedWasm(this.at, 'unexpected end');
    this.at += 1;
    return byte;
  }

  take(length: number): Uint8Array {
    this.skip(length);
    return this.bytes.subarray(this.at - length, this.at);
  }

  skip(length: number): void {
    if (length > this.end - this.at) throw new MalformedWasm(this.at, 'unexpected end');
    this.at += length;
  }

  /** Returns a cursor over the next `length` bytes and moves past them. */
  part(length: number): Cursor {
    this.skip(length);
    return new Cursor(this.bytes, this.at - length, this.at);
  }

  /** Reads an unsigned 32-bit number in LEB128. */
  u32(): number {
    return this.unsigned(32);
  }

  /** Reads an unsigned 64-bit number in LEB128, rounded above 2^53. */
  u64(): number {
    return this.unsigned(64);
  }

  /** Reads a signed 32-bit number in LEB128. */
  s32(): number {
    const at = this.at;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return shift < 28 && byte & 0x40 ? value | (-1 << (shift + 7)) : value;
    }
    throw new MalformedWasm(at, 'a number has more than 32 bits');
  }

  /** Passes a number in LEB128 of at most `width` bits. */
  skipNumber(width: 32 | 64): void {
    const at = this.at;
    for (let shift = 0; shift < width; shift += 7) if (this.byte() < 0x80) return;
    throw new MalformedWasm(at, `a number has more than ${width} bits`);
  }

  name(): string {
    const at = this.at;
    const bytes = this.take(this.u32());
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new MalformedWasm(at, 'a name is not UTF-8');
    }
  }

  /** Reads a count and that many items. */
  list<T>(item: (index: number) => T): T[] {
    const { at } = this;
    const count = this.u32();
    if (count > MAX_ITEMS) throw new MalformedWasm(at, `a list of ${count} items exceeds the limit of ${MAX_ITEMS}`);
    const items: T[] = [];
    while (items.length < count) items.push(item(items.length));
    return items;
  }

  private unsigned(width: 32 | 64): number {
    const at = this.at;
    let value = 0;
    for (let shift = 0; shift < width; shift += 7) {
      const byte = this.byte();
      const bits = byte & 0x7f;
      if (width - shift < 7 && bits >> (width - shift) !== 0) break;
      value += bits * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new MalformedWasm(at, `a number has more than ${width} bits`);
  }
}
