/** What was decompressed so far. It is one piece of memory, and never larger than the limit. */
export class Output {
  private buffer = new Uint8Array();
  length = 0;

  /** @param limit bytes */
  constructor(private readonly limit: number) {}

  /** Bytes until the limit is reached. */
  get room(): number {
    return this.limit - this.length;
  }

  /** Announces that at most `bytes` more will come; doubling keeps many small frames from copying all of it each time. */
  reserve(bytes: number): void {
    const needed = Math.min(this.limit, this.length + bytes);
    if (needed <= this.buffer.length) return;
    const grown = new Uint8Array(Math.min(this.limit, Math.max(needed, this.buffer.length * 2)));
    grown.set(this.view());
    this.buffer = grown;
  }

  /** `false`: the limit would be exceeded, and nothing was taken. */
  add(chunk: Uint8Array): boolean {
    if (chunk.length > this.room) return false;
    this.buffer.set(chunk, this.length);
    this.length += chunk.length;
    return true;
  }

  /** Everything from `start` on, without a copy. */
  view(start = 0): Uint8Array {
    return this.buffer.subarray(start, this.length);
  }
}
