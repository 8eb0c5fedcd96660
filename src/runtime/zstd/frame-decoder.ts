import type { ZstdFrameHeader } from './frame-header.ts';
import type { Output } from './output.ts';

export interface Frame {
  /** Header, whole blocks and checksum of this one frame. */
  readonly bytes: Uint8Array;
  readonly header: ZstdFrameHeader;
  /** At most this many bytes come out. */
  readonly maxBytes: number;
}

export type FrameResult =
  | { readonly kind: 'done' }
  /** The output took no more. */
  | { readonly kind: 'over-limit' }
  | { readonly kind: 'damaged'; readonly reason: string };

/** Decodes a frame chunk by chunk, as far as it goes or the output has room. Rejects only for want of memory and the like. */
export type FrameDecoder = (frame: Frame, out: Output) => Promise<FrameResult>;
