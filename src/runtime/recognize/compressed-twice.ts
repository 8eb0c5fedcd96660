import { concat, startsWith } from '../../base/bytes.ts';
import type { InputFault } from '../input-error.ts';
import { COMPRESSED_MAGIC } from '../magic.ts';
import { decodeZstd } from '../zstd/decode.ts';
import { readFrameHeader } from '../zstd/frame-header.ts';

const BLOCK_HEADER_BYTES = 3;
const MAX_BLOCK_BYTES = 128 * 1024;

/** zstd's magic, and a window of 2 MiB without content size or checksum. */
const PLAIN_HEADER = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0x58);
const ZSTD_MAGIC = PLAIN_HEADER.subarray(0, 4);

/**
 * Whether a compressed blob contains compressed data. Decodes the first block alone, and only if it looks as if zstd found
 * nothing to compress: the code of a runtime always has something.
 */
export async function compressedTwice(stored: Uint8Array): Promise<InputFault | undefined> {
  const block = incompressibleBlock(stored);
  const decoded = block && (await decodeZstd(concat(PLAIN_HEADER, block), MAX_BLOCK_BYTES));
  if (decoded?.kind !== 'ok') return undefined;
  const content = decoded.bytes;
  const isWrapped = startsWith(content, COMPRESSED_MAGIC);
  if (!isWrapped && !startsWith(content, ZSTD_MAGIC)) return undefined;
  return {
    id: 'compressed-twice',
    cause: `the runtime was compressed twice: the compressed blob contains ${isWrapped ? 'a compressed blob' : 'a zstd frame'}`,
    remedy:
      'Validators decompress once. Use the .compact.compressed.wasm of wasm-builder as it is, without compressing it again.',
  };
}

/** The first block as the last one of a frame, if it is raw, or has raw literals, or is about as large as its content. */
function incompressibleBlock(stored: Uint8Array): Uint8Array | undefined {
  if (!startsWith(stored, COMPRESSED_MAGIC)) return undefined;
  const header = readFrameHeader(stored, COMPRESSED_MAGIC.length);
  if (header.kind !== 'zstd') return undefined;
  const [low, middle, high] = stored.subarray(header.end, header.end + BLOCK_HEADER_BYTES);
  if (low === undefined || middle === undefined || high === undefined) return undefined;
  const size = (low >> 3) | (middle << 5) | (high << 13);
  const body = stored.subarray(header.end + BLOCK_HEADER_BYTES, header.end + BLOCK_HEADER_BYTES + size);
  const isRaw = ((low >> 1) & 3) === 0;
  const hasRawLiterals = ((body[0] ?? 0) & 3) === 0;
  if (body.length < size || !(isRaw || hasRawLiterals || size > MAX_BLOCK_BYTES * 0.9)) return undefined;
  return concat(Uint8Array.of(low | 1, middle, high), body);
}
