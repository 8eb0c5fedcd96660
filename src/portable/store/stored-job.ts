/** What is stored of a job: its functions, and the memory peak of compiling them, which a job that reuses them does not reach. */
export interface StoredJob {
  readonly functions: Uint8Array;
  /** Bytes, by the engine's tracking allocator. */
  readonly peakBytes: number;
}

const HEAD_BYTES = 8;

/** The peak as a little-endian f64, then the functions. */
export function encodeStoredJob({ functions, peakBytes }: StoredJob): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + functions.length);
  new DataView(bytes.buffer).setFloat64(0, peakBytes, true);
  bytes.set(functions, HEAD_BYTES);
  return bytes;
}

/** Undefined when the bytes are no stored job. */
export function decodeStoredJob(bytes: Uint8Array): StoredJob | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  const peakBytes = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true);
  if (!(peakBytes >= 0 && peakBytes <= 2 ** 32)) return undefined;
  return { functions: bytes.subarray(HEAD_BYTES), peakBytes };
}
