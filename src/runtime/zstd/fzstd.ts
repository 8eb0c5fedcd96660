/**
 * For a Node without zstd. fzstd is lenient: it checks neither how far matches reach back nor whether sequences end where
 * they should, so that damage may decode to rubbish. (Literals that end in the wrong place it does refuse, where libzstd's
 * fastest path does not look.) What can cheaply be checked around it is: that the frame is whole (frame-body.ts), its
 * content size, and its checksum, where the header has them; wasm-builder writes neither. The prepare worker's answer is
 * the one that decides.
 */
import { Decompress } from 'fzstd';
import xxhash from 'xxhash-wasm';
import { MAX_BLOCK_BYTES } from './frame-body.ts';
import type { Frame, FrameDecoder, FrameResult } from './frame-decoder.ts';
import type { Output } from './output.ts';

/** Ends the decoding from within. */
class OverLimit extends Error {}

export const decodeWithFzstd: FrameDecoder = async (frame, out) => {
  const start = out.length;
  const result = decodeBlocks(frame, out);
  return result.kind === 'done' ? verify(frame, out.view(start)) : result;
};

function decodeBlocks(frame: Frame, out: Output): FrameResult {
  const decoder = new Decompress((chunk) => {
    if (!out.add(chunk)) throw new OverLimit();
  });
  try {
    decoder.push(withSmallWindow(frame, out.room), true);
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof OverLimit) return { kind: 'over-limit' };
    // Errors with a code are fzstd's own; damage makes it also run into those of the language.
    const isOwn = error instanceof Error && 'code' in error;
    return { kind: 'damaged', reason: isOwn ? error.message : 'invalid zstd data' };
  }
}

async function verify({ bytes, header }: Frame, content: Uint8Array): Promise<FrameResult> {
  if (header.contentSize !== undefined && header.contentSize !== content.length) {
    return { kind: 'damaged', reason: 'the frame has another size than its header says' };
  }
  if (!header.hasChecksum) return { kind: 'done' };
  const { h64Raw } = await xxhash();
  const wanted = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);
  // The low half of XXH64 with seed 0.
  if (Number(h64Raw(content) & 0xffff_ffffn) === wanted) return { kind: 'done' };
  return { kind: 'damaged', reason: 'the checksum does not match' };
}

/** Where a header has its window descriptor: its upper five bits are the base-2 logarithm of the window size, less 10. */
const WINDOW_DESCRIPTOR = 5;

/**
 * fzstd allocates the whole window (128 MiB at level 22) and moves it by one block for each block. Matches can't reach
 * back further than to the start of the frame, so a window for all that comes out will do.
 */
function withSmallWindow({ bytes, header, maxBytes }: Frame, room: number): Uint8Array {
  const needed = Math.max(MAX_BLOCK_BYTES, Math.min(maxBytes, room + MAX_BLOCK_BYTES));
  const log = Math.ceil(Math.log2(needed));
  if (header.windowLog === undefined || log >= header.windowLog) return bytes;
  const changed = bytes.slice();
  changed[WINDOW_DESCRIPTOR] = (log - 10) << 3;
  return changed;
}
