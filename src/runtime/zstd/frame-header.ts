/** Zstandard frame headers (RFC 8878, section 3.1.1.1). */

export type FrameHeader =
  | ZstdFrameHeader
  /** `end`: behind its content. */
  | { readonly kind: 'skippable'; readonly end: number }
  | { readonly kind: 'damaged'; readonly reason: string };

export interface ZstdFrameHeader {
  readonly kind: 'zstd';
  /** Bytes of history that a match may reach back. */
  readonly windowSize: number;
  /** Base-2 logarithm of the window size, rounded down; absent where the header gives only a content size. */
  readonly windowLog?: number;
  readonly contentSize?: number;
  readonly hasChecksum: boolean;
  /** Where the first block begins. */
  readonly end: number;
}

/** `ZSTD_MAXWINDOWSIZE_DEFAULT`: what libzstd, and with it a validator, decodes unless told otherwise. */
const MAX_WINDOW_BYTES = 2 ** 27 + 1;
const ZSTD_MAGIC = 0xfd2fb528;
/** The last four bits are the writer's own. */
const SKIPPABLE_MAGIC = 0x184d2a50;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];

class Damage extends Error {}

/** @param at where the frame begins */
export function readFrameHeader(input: Uint8Array, at: number): FrameHeader {
  try {
    const magic = number(input, at, 4);
    if (magic - (magic % 16) === SKIPPABLE_MAGIC) return skippableFrame(input, at);
    if (magic === ZSTD_MAGIC) return zstdFrame(input, at);
    return { kind: 'damaged', reason: 'no zstd frame begins here' };
  } catch (error) {
    if (error instanceof Damage) return { kind: 'damaged', reason: error.message };
    throw error;
  }
}

function skippableFrame(input: Uint8Array, at: number): FrameHeader {
  const end = at + 8 + number(input, at + 4, 4);
  if (end > input.length) throw new Damage('the frame is cut off');
  return { kind: 'skippable', end };
}

function zstdFrame(input: Uint8Array, at: number): FrameHeader {
  const descriptor = number(input, at + 4, 1);
  if (descriptor & 0x08) throw new Damage('the frame header has its reserved bit set');
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const afterWindow = at + (isSingleSegment ? 5 : 6);
  const afterDictionary = afterWindow + (DICTIONARY_ID_BYTES[descriptor & 3] ?? 0);
  if (number(input, afterWindow, afterDictionary - afterWindow) !== 0) {
    throw new Damage('the frame needs a dictionary');
  }
  const sizeBytes = CONTENT_SIZE_BYTES[descriptor >> 6] || (isSingleSegment ? 1 : 0);
  const size = number(input, afterDictionary, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
  const window = isSingleSegment ? { windowSize: size } : windowOf(number(input, at + 5, 1));
  if (window.windowSize > MAX_WINDOW_BYTES) throw new Damage('the window is larger than 128 MiB');
  return {
    kind: 'zstd',
    ...window,
    ...(sizeBytes > 0 && { contentSize: size }),
    hasChecksum: (descriptor & 0x04) !== 0,
    end: afterDictionary + sizeBytes,
  };
}

function windowOf(descriptor: number): { windowSize: number; windowLog: number } {
  const windowLog = 10 + (descriptor >> 3);
  return { windowLog, windowSize: 2 ** windowLog + 2 ** (windowLog - 3) * (descriptor & 7) };
}

/** Little-endian, at most 8 bytes. */
function number(input: Uint8Array, at: number, length: number): number {
  if (at + length > input.length) throw new Damage('the frame header is cut off');
  return input.subarray(at, at + length).reduceRight((value, byte) => value * 256 + byte, 0);
}
