/** Stricter SCALE decoding than scale-ts, and codecs that scale-ts lacks. */
import { Bytes, type Codec, enhanceCodec, Struct, u8, u32, u64 } from 'scale-ts';
import { equalBytes } from '../base/bytes.ts';

/** The bytes do not encode the expected type. The message contains only the first four bytes. */
export class WireDecodeError extends Error {
  override readonly name = 'WireDecodeError';

  /** @param what the expected type, in words */
  constructor(what: string, bytes: Uint8Array, options?: ErrorOptions) {
    const head = Buffer.from(bytes.subarray(0, 4)).toString('hex');
    super(`${bytes.length} bytes that begin 0x${head} are not a ${what}`, options);
  }
}

/**
 * Decodes like Rust's `Decode::decode`: ignores bytes after the value and does not count them in `consumed`.
 *
 * scale-ts silently accepts short input and wrong bool, option or result bytes. So this encodes the value again and
 * compares, which also yields the number of bytes consumed. Throws `WireDecodeError`.
 */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array, what: string): { value: T; consumed: number } {
  let value: T;
  let again: Uint8Array;
  try {
    // Copy, because scale-ts reads the underlying buffer from its start.
    value = codec.dec(Uint8Array.from(bytes));
    again = codec.enc(value);
  } catch (cause) {
    throw new WireDecodeError(what, bytes, { cause });
  }
  if (!equalBytes(again, bytes.subarray(0, again.length))) throw new WireDecodeError(what, bytes);
  return { value, consumed: again.length };
}

/** A fieldless Rust enum, encoded as its discriminant. @param first the discriminant of the first name */
export function fieldless<const Names extends readonly string[]>(names: Names, first = 0): Codec<Names[number]> {
  return enhanceCodec(
    u8,
    (name: Names[number]) => names.indexOf(name) + first,
    (discriminant) => {
      const name = names[discriminant - first];
      if (name === undefined) throw new RangeError(`no variant has the discriminant ${discriminant}`);
      return name;
    },
  );
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `String`. scale-ts's own codec drops a byte order mark. */
export const text: Codec<string> = enhanceCodec(
  Bytes(),
  (value: string) => new TextEncoder().encode(value),
  (bytes) => utf8.decode(bytes),
);

/** `core::time::Duration`: whole seconds, and nanoseconds below one second. */
export interface Duration {
  readonly secs: bigint;
  readonly nanos: number;
}

const NANOS_PER_SECOND = 1_000_000_000;

function requireBelowSecond(value: Duration): Duration {
  if (value.nanos >= NANOS_PER_SECOND) throw new RangeError(`${value.nanos} nanoseconds are a second or more`);
  return value;
}

export const duration: Codec<Duration> = enhanceCodec(
  Struct({ secs: u64, nanos: u32 }),
  requireBelowSecond,
  requireBelowSecond,
);

export function durationFromMillis(ms: number): Duration {
  return durationFromNanos(BigInt(Math.round(ms * 1e6)));
}

export function durationFromNanos(nanos: bigint): Duration {
  return { secs: nanos / BigInt(NANOS_PER_SECOND), nanos: Number(nanos % BigInt(NANOS_PER_SECOND)) };
}

export function durationToMillis({ secs, nanos }: Duration): number {
  return Number(secs) * 1000 + nanos / 1e6;
}
