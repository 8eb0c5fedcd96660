/** The `52bc537646db8e05` + zstd wrapping of sp-maybe-compressed-blob: what its header tells, and bounded decompression. */
import xxhash from 'xxhash-wasm';
import { blobKind, COMPRESSED_MAGIC } from './magic.ts';
import { ZstdDamage } from './zstd/damage.ts';
import { decodeZstd } from './zstd/decode.ts';
import { type FrameHeader, readFrameHeader } from './zstd/frame-header.ts';

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
 * As `sp_maybe_compressed_blob::decompress`: a blob without the magic is taken as it is whatever its size, several frames in a
 * row are accepted, and exactly `bombLimit` bytes are allowed.
 * @param bombLimit bytes after decompression
 */
export async function decompress(stored: Uint8Array, bombLimit: number): Promise<Decompression> {
  if (blobKind(stored) !== 'compressed-wasm') return { kind: 'ok', raw: stored };
  const { h64Raw } = await xxhash();
  const checksum = (content: Uint8Array) => Number(h64Raw(content) & 0xffff_ffffn);
  const decoded = decodeZstd(stored.subarray(COMPRESSED_MAGIC.length), bombLimit, checksum);
  switch (decoded.kind) {
    case 'ok':
      return { kind: 'ok', raw: decoded.bytes };
    case 'over-limit':
      return { kind: 'bomb' };
    case 'damaged':
      return { ...decoded, at: decoded.at + COMPRESSED_MAGIC.length };
  }
}

function firstFrame(stored: Uint8Array): Extract<FrameHeader, { kind: 'zstd' }> | undefined {
  try {
    let at = COMPRESSED_MAGIC.length;
    for (;;) {
      const header = readFrameHeader(stored, at);
      if (header.kind === 'zstd') return header;
      at = header.end;
    }
  } catch (error) {
    if (error instanceof ZstdDamage) return undefined;
    throw error;
  }
}
