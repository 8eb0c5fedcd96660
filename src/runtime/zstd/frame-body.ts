/** What follows a frame header (RFC 8878, sections 3.1.1.2 and 3.1.1.5): whether it is whole, without decoding it. */
import type { ZstdFrameHeader } from './frame-header.ts';

export interface FrameFault {
  readonly reason: string;
  /** Where the block or checksum at fault begins. */
  readonly at: number;
}

interface Block {
  readonly end: number;
  readonly isLast: boolean;
}

/** `ZSTD_BLOCKSIZE_MAX` */
const MAX_BLOCK_BYTES = 128 * 1024;
const CHECKSUM_BYTES = 4;

/** Passes from block to block. A fault in a block's content only a decoder can find. */
export function findFault(input: Uint8Array, header: ZstdFrameHeader): FrameFault | undefined {
  const end = frameEnd(input, header);
  return typeof end === 'number' ? undefined : end;
}

/** Offset behind a frame. */
export function frameEnd(input: Uint8Array, header: ZstdFrameHeader): number | FrameFault {
  const maxBlock = Math.min(MAX_BLOCK_BYTES, header.windowSize);
  let at = header.end;
  for (let isLast = false; !isLast; ) {
    const block = readBlock(input, at, maxBlock);
    if (typeof block === 'string') return { reason: block, at };
    at = block.end;
    isLast = block.isLast;
  }
  const end = at + (header.hasChecksum ? CHECKSUM_BYTES : 0);
  return end <= input.length ? end : { reason: 'the checksum is cut off', at };
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
  const end = at + 3 + (isRepeatedByte ? 1 : size);
  if (end > input.length) return 'a block is cut off';
  return { end, isLast: (low & 1) === 1 };
}
