/** What was decompressed so far; it is also the history that matches copy from. */
import { ZstdDamage } from './damage.ts';

/** Below this, a loop is faster than a call into the engine's own copying. */
const SHORT_COPY = 24;

export class Output {
  private buffer: Uint8Array;
  private frameStart = 0;
  private windowSize = 0;
  private blockEnd = 0;
  length = 0;

  /** @param capacity upper bound of what will ever be written: it is never exceeded */
  constructor(
    expected: number,
    private readonly capacity: number,
  ) {
    this.buffer = new Uint8Array(Math.min(expected, capacity));
  }

  /** Matches reach back into the same frame only. */
  startFrame(windowSize: number): void {
    this.frameStart = this.length;
    this.windowSize = windowSize;
  }

  /** Makes room for a block of at most `bytes`. */
  startBlock(bytes: number): void {
    this.blockEnd = this.length + bytes;
    if (this.blockEnd <= this.buffer.length) return;
    const grown = new Uint8Array(Math.min(this.capacity, Math.max(this.blockEnd, this.buffer.length * 2)));
    grown.set(this.buffer.subarray(0, this.length));
    this.buffer = grown;
  }

  fill(byte: number, count: number): void {
    const end = this.reserve(count);
    this.buffer.fill(byte, this.length, end);
    this.length = end;
  }

  literals(source: Uint8Array, from: number, count: number): void {
    if (count < 0 || from + count > source.length) throw new ZstdDamage('there are too few literals');
    const end = this.reserve(count);
    if (count < SHORT_COPY) {
      const { buffer, length } = this;
      for (let i = 0; i < count; i += 1) buffer[length + i] = source[from + i] ?? 0;
    } else {
      this.buffer.set(source.subarray(from, from + count), this.length);
    }
    this.length = end;
  }

  match(offset: number, count: number): void {
    if (offset < 1 || offset > this.windowSize || offset > this.length - this.frameStart) {
      throw new ZstdDamage('a match reaches back too far');
    }
    const end = this.reserve(count);
    const { buffer, length } = this;
    const from = length - offset;
    if (count >= SHORT_COPY && offset >= count) buffer.copyWithin(length, from, from + count);
    // A match may overlap with what it writes: byte by byte, so that it repeats itself.
    else for (let i = 0; i < count; i += 1) buffer[length + i] = buffer[from + i] ?? 0;
    this.length = end;
  }

  /** Everything from `start` on, without a copy. */
  view(start = 0): Uint8Array {
    return this.buffer.subarray(start, this.length);
  }

  private reserve(count: number): number {
    const end = this.length + count;
    if (end > this.blockEnd) throw new ZstdDamage('a block is larger than allowed');
    return end;
  }
}
