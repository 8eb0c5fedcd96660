/** What follows a frame header (RFC 8878, sections 3.1.1.2 and 3.1.1.5): how far it goes, without decoding it. */
import type { ZstdFrameHeader } from './frame-header.ts';

export interface FrameBody {
  /** Behind the checksum if there is one; of a frame that is not whole, behind its last whole block. */
  readonly end: number;
  /** At most this many bytes come out. */
  readonly maxBytes: number;
  /** Why the frame is not whole. `at`: where the block or checksum at fault begins. */
  readonly fault?: { readonly reason: string; readonly at: number };
}

interface Block {
  readonly end: number;
  readonly maxBytes: number;
  readonly isLast: boolean;
}

/** `ZSTD_BLOCKSIZE_MAX` */
export const MAX_BLOCK_BYTES = 128 * 1024;
const CHECKSUM_BYTES = 4;

/** Passes from block to block. A fault of a block's content is the decoder's to find. */
export function measureFrame(input: Uint8Array, header: ZstdFrameHeader): FrameBody {
  const maxBlock = Math.min(MAX_BLOCK_BYTES, header.windowSize);
  let at = header.end;
  let maxBytes = 0;
  for (let isLast = false; !isLast; ) {
    const block = readBlock(input, at, maxBlock);
    if (typeof block === 'string') return { end: at, maxBytes, fault: { reason: block, at } };
    at = block.end;
    maxBytes += block.maxBytes;
    isLast = block.isLast;
  }
  if (!header.hasChecksum) return { end: at, maxBytes };
  const end = at + CHECKSUM_BYTES;
  if (end > input.length) return { end: at, maxBytes, fault: { reason: 'the checksum is cut off', at } };
  return { end, maxBytes };
}

/** A text says what is wrong with it. */
function readBlock(input: Uint8Array, at: number, maxBlock: number): Block | string {
  const [low, middle, high] = input.subarray(at, at + 3);
  if (low === undefined || middle === undefined || high === undefined) return 'the frame is cut off';
  const size = (low >> 3) | (middle << 5) | (high << 13);
  const kind = (low >> 1) & 3;
  if (kind === 3) return 'a block is of the reserved kind';
  if (size > maxBlock) return 'a block is larger than allowed';
  const isRepeatedByte = kind === 1;
  const isCompressed = kind === 2;
  const end = at + 3 + (isRepeatedByte ? 1 : size);
  if (end > input.length) return 'a block is cut off';
  return { end, maxBytes: isCompressed ? maxBlock : size, isLast: (low & 1) === 1 };
}
