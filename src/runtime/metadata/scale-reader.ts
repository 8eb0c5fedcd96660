/**
 * Reads SCALE from untrusted bytes. Memory stays in proportion to the bytes read: scale-ts allocates a list by the count
 * that the bytes state, and a large one ends the whole process.
 */

export class MalformedScale extends Error {
  override readonly name = 'MalformedScale';
  constructor(
    readonly reason: string,
    readonly at: number,
  ) {
    super(`${reason} (at byte ${at})`);
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class ScaleReader {
  constructor(
    private readonly bytes: Uint8Array,
    public at = 0,
  ) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  fail(reason: string): never {
    throw new MalformedScale(reason, this.at);
  }

  u8(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) this.fail('unexpected end');
    this.at += 1;
    return byte;
  }

  u32(): number {
    return this.littleEndian(4);
  }

  /** A compact number up to 2^30. Larger ones are errors: no count, length or id is that large. */
  compact(): number {
    const width = [1, 2, 4][(this.bytes[this.at] ?? this.u8()) & 3];
    return width === undefined ? this.fail('a number is too large') : Math.floor(this.littleEndian(width) / 4);
  }

  raw(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) this.fail('unexpected end');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  opaque(): Uint8Array {
    return this.raw(this.compact());
  }

  text(): string {
    return decoder.decode(this.opaque());
  }

  list<T>(item: (index: number) => T): T[] {
    const count = this.compact();
    // Each item has a byte at least.
    if (count > this.bytes.length - this.at) this.fail('unexpected end');
    const items: T[] = [];
    while (items.length < count) items.push(item(items.length));
    return items;
  }

  option<T>(read: () => T): T | undefined {
    const tag = this.u8();
    if (tag > 1) this.fail(`an option begins with ${tag}`);
    return tag === 1 ? read() : undefined;
  }

  /** The row of `choices` at the next byte. */
  choice<T>(choices: readonly (T | undefined)[], what: string): T {
    const tag = this.u8();
    const chosen = choices[tag];
    return chosen === undefined ? this.fail(`unknown ${what} ${tag}`) : chosen;
  }

  private littleEndian(width: number): number {
    return this.raw(width).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }
}
