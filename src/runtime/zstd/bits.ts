/** The two ways in which Zstandard packs bits: forwards in table descriptions, backwards in everything else. */
import { ZstdDamage } from './damage.ts';

/** Reading 32 bits anywhere inside a block may touch this many bytes behind it, so the input needs as many spare ones. */
export const SPARE_BYTES = 4;

/** Where the bits of a stream stand: bytes `start` to `end` (not included) of a buffer with spare bytes behind `end`. */
export interface Slice {
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
}

/** From the low bit of the first byte upwards. */
export class ForwardBits {
  private position = 0;

  constructor(private readonly source: Slice) {}

  /** At most 25 bits, not taken; bits behind the end may be those of what follows. */
  peek(count: number): number {
    const at = this.source.start + (this.position >>> 3);
    if (at >= this.source.end) throw new ZstdDamage('a table is cut off');
    return (this.source.view.getUint32(at, true) >>> (this.position & 7)) & ((1 << count) - 1);
  }

  skip(count: number): void {
    this.position += count;
  }

  read(count: number): number {
    const bits = this.peek(count);
    this.position += count;
    return bits;
  }

  /** The first byte of which no bit was taken. */
  end(): number {
    const at = this.source.start + ((this.position + 7) >>> 3);
    if (at > this.source.end) throw new ZstdDamage('a table is cut off');
    return at;
  }
}

/** From the highest bit of the last byte downwards; the first set bit only marks the end. */
export class BackwardBits {
  private readonly view: DataView;
  private readonly start: number;
  /** Bits that are left. */
  remaining: number;

  constructor({ view, start, end }: Slice) {
    const last = end > start ? view.getUint8(end - 1) : 0;
    if (last === 0) throw new ZstdDamage('a bit stream has no end mark');
    this.view = view;
    this.start = start;
    this.remaining = (end - start) * 8 - Math.clz32(last) + 23;
  }

  /** At most 25 bits. */
  read(count: number): number {
    this.remaining -= count;
    if (this.remaining < 0) throw new ZstdDamage('a bit stream ends too early');
    return this.at(this.remaining) & ((1 << count) - 1);
  }

  /** The next `count` bits, at most 25, not taken; zeros stand for those that are missing at the end. */
  peek(count: number): number {
    const from = this.remaining - count;
    if (from >= 0) return this.at(from) & ((1 << count) - 1);
    return (this.at(0) & ((1 << this.remaining) - 1)) << -from;
  }

  private at(position: number): number {
    return this.view.getUint32(this.start + (position >>> 3), true) >>> (position & 7);
  }
}
