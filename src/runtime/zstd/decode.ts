/** Zstandard (RFC 8878) for bounded one-shot use: libzstd decodes, and what it finds damaged is described here. */
import { findFault } from './frame-body.ts';
import { readFrameHeader } from './frame-header.ts';
import { decodeWithLibzstd } from './libzstd.ts';

export type Decoded =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array }
  /** More than the limit comes out. */
  | { readonly kind: 'over-limit' }
  /** `at`: offset in the input of the frame or block that is at fault. */
  | { readonly kind: 'damaged'; readonly reason: string; readonly at: number };

/**
 * Decodes all frames one after the other. As with a reader that stops after `limit` + 1 bytes, damage behind that point
 * goes unnoticed. Rejects for want of memory and the like.
 */
export async function decodeZstd(input: Uint8Array, limit: number): Promise<Decoded> {
  const result = await decodeWithLibzstd(input, limit);
  if (result.kind !== 'damaged') return result;
  const { frameAt, reason } = result;
  return { kind: 'damaged', ...(faultOf(input, frameAt) ?? { reason, at: frameAt }) };
}

/** What is wrong with a frame, as far as that shows without decoding it. libzstd has fewer words, and does not say where. */
function faultOf(input: Uint8Array, frameAt: number): { reason: string; at: number } | undefined {
  const header = readFrameHeader(input, frameAt);
  switch (header.kind) {
    case 'damaged':
      return { reason: header.reason, at: frameAt };
    case 'skippable':
      return undefined;
    case 'zstd':
      return findFault(input, header);
  }
}
