/**
 * Framing of the socket between host and prepare worker: a little-endian u64 length, then that many bytes.
 * Source: polkadot-node-core-pvf-common `framed_send` / `framed_recv`.
 */

const HEADER_BYTES = 8;

/** A frame announces more bytes than the reader accepts. Polkadot's own reader has no bound and would try to allocate them. */
export class FrameTooLong extends Error {
  override readonly name = 'FrameTooLong';
  constructor(
    readonly announced: bigint,
    readonly bound: number,
  ) {
    super(`a frame announces ${announced} bytes; at most ${bound} are accepted`);
  }
}

export function encodeFrame(payload: Uint8Array): Uint8Array {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  frame.writeBigUInt64LE(BigInt(payload.length), 0);
  frame.set(payload, HEADER_BYTES);
  return frame;
}

/**
 * Turns the chunks of a stream into payloads. A chunk may hold part of a frame or several frames. Keeps the chunks until a
 * payload is complete, so a large frame is copied once.
 */
export class FrameReader {
  private pieces: Uint8Array[] = [];
  private buffered = 0;
  private announced: number | undefined;

  /** @param bound largest payload accepted, in bytes */
  constructor(private readonly bound: number) {}

  /** Bytes of an incomplete frame. */
  get pending(): number {
    return this.buffered + (this.announced === undefined ? 0 : HEADER_BYTES);
  }

  /** Adds bytes and returns the payloads that they complete. Throws `FrameTooLong`. */
  push(bytes: Uint8Array): Uint8Array[] {
    this.pieces.push(bytes);
    this.buffered += bytes.length;
    const payloads: Uint8Array[] = [];
    for (let payload = this.next(); payload !== undefined; payload = this.next()) payloads.push(payload);
    return payloads;
  }

  private next(): Uint8Array | undefined {
    if (this.announced === undefined) {
      if (this.buffered < HEADER_BYTES) return undefined;
      const length = Buffer.from(this.take(HEADER_BYTES)).readBigUInt64LE(0);
      if (length > BigInt(this.bound)) throw new FrameTooLong(length, this.bound);
      this.announced = Number(length);
    }
    if (this.buffered < this.announced) return undefined;
    const payload = this.take(this.announced);
    this.announced = undefined;
    return payload;
  }

  /** Removes the first `count` buffered bytes and returns a copy. */
  private take(count: number): Uint8Array {
    const whole = Buffer.concat(this.pieces, this.buffered);
    const rest = whole.subarray(count);
    this.pieces = rest.length > 0 ? [rest] : [];
    this.buffered = rest.length;
    return new Uint8Array(whole.subarray(0, count));
  }
}
