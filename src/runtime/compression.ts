/** The `52bc537646db8e05` + zstd wrapping of sp-maybe-compressed-blob: what its header tells, and bounded decompression. */
import { blobKind, COMPRESSED_MAGIC } from './magic.ts';
import { decodeZstd } from './zstd/decode.ts';
import { readFrameHeader, type ZstdFrameHeader } from './zstd/frame-header.ts';

export interface Compression {
  readonly kind: 'none' | 'zstd';
  /** zstd level, where the frame header tells it. */
  readonly level?: number;
  /** Base-2 logarithm of the window size. */
  readonly windowLog?: number;
  /** Size after decompression as the frame header gives it, in bytes; wasm-builder writes none. */
  readonly contentSize?: number;
}

export type Decompression =
  | { readonly kind: 'ok'; readonly raw: Uint8Array }
  /** More than the bomb limit comes out: `Possible compression bomb encountered` to a validator. */
  | { readonly kind: 'bomb' }
  /** `Blob had invalid format` to a validator. `at`: offset in the stored blob. */
  | { readonly kind: 'damaged'; readonly reason: string; readonly at: number };

/**
 * The two levels that wasm-builder ever used, `compress_weakly` (3) and `compress_strongly` (22), by the window that zstd
 * gives them when it does not know the size beforehand. (Levels 4 to 8 have the window of level 3.)
 */
const LEVEL_BY_WINDOW_LOG: ReadonlyMap<number, number> = new Map([
  [21, 3],
  [27, 22],
]);

/** Reads the header of the first zstd frame only; never throws. */
export function describeCompression(stored: Uint8Array): Compression {
  if (blobKind(stored) !== 'compressed-wasm') return { kind: 'none' };
  const header = firstFrame(stored);
  if (!header) return { kind: 'zstd' };
  const { windowLog, contentSize } = header;
  // A known content size makes zstd shrink the window, so that it tells nothing about the level.
  const level = windowLog === undefined || contentSize !== undefined ? undefined : LEVEL_BY_WINDOW_LOG.get(windowLog);
  return {
    kind: 'zstd',
    ...(level !== undefined && { level }),
    ...(windowLog !== undefined && { windowLog }),
    ...(contentSize !== undefined && { contentSize }),
  };
}

/**
 * The same answer as that of `sp_maybe_compressed_blob::decompress`: a blob without the magic is taken as it is whatever its
 * size, several frames in a row are accepted, and exactly `bombLimit` bytes are allowed. Rejects for want of memory.
 * @param bombLimit bytes after decompression
 */
export async function decompress(stored: Uint8Array, bombLimit: number): Promise<Decompression> {
  if (blobKind(stored) !== 'compressed-wasm') return { kind: 'ok', raw: stored };
  const decoded = await decodeZstd(stored.subarray(COMPRESSED_MAGIC.length), bombLimit);
  switch (decoded.kind) {
    case 'ok':
      return { kind: 'ok', raw: decoded.bytes };
    case 'over-limit':
      return { kind: 'bomb' };
    case 'damaged':
      return { ...decoded, at: decoded.at + COMPRESSED_MAGIC.length };
  }
}

function firstFrame(stored: Uint8Array): ZstdFrameHeader | undefined {
  let header = readFrameHeader(stored, COMPRESSED_MAGIC.length);
  while (header.kind === 'skippable') header = readFrameHeader(stored, header.end);
  return header.kind === 'zstd' ? header : undefined;
}
