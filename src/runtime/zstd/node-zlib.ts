/** libzstd, the decoder of validators, as Node 22.15 and newer have it. */
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { MAX_BLOCK_BYTES } from './frame-body.ts';
import type { FrameDecoder } from './frame-decoder.ts';

/** Absent from the types and the modules of the oldest Node that we run on. */
interface ZstdOfNode {
  createZstdDecompress(options: { chunkSize: number; params: Readonly<Record<number, number>> }): Transform;
  readonly constants: { readonly ZSTD_d_windowLogMax: number };
}

/** Level 22 has windows of 2^27 bytes. It is libzstd's own default (and so a validator's), but a default may change. */
const MAX_WINDOW_LOG = 27;

const { createZstdDecompress, constants } = zlib as unknown as Partial<ZstdOfNode> & Pick<ZstdOfNode, 'constants'>;

/** `undefined` where the running Node has no zstd. */
export const decodeWithNode: FrameDecoder | undefined =
  typeof createZstdDecompress === 'function'
    ? async ({ bytes }, out) => {
        const stream = createZstdDecompress({
          chunkSize: MAX_BLOCK_BYTES,
          params: { [constants.ZSTD_d_windowLogMax]: MAX_WINDOW_LOG },
        });
        stream.end(bytes);
        try {
          // Leaving the loop ends the stream, and with it the decoding.
          for await (const chunk of stream as AsyncIterable<Uint8Array>) {
            if (!out.add(chunk)) return { kind: 'over-limit' };
          }
          return { kind: 'done' };
        } catch (error) {
          if (isDamage(error)) return { kind: 'damaged', reason: error.message };
          throw error;
        }
      }
    : undefined;

/** Newer Nodes tell of a stream that ends early by zlib's own `Z_BUF_ERROR`, older ones not at all. */
function isDamage(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  const { code } = error;
  return code === 'Z_BUF_ERROR' || (code.startsWith('ZSTD_error_') && code !== 'ZSTD_error_memory_allocation');
}
