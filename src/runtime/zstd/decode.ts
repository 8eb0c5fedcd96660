/**
 * Zstandard (RFC 8878) for bounded one-shot use. The decoding is left to Node, else to fzstd. Frames are told apart here:
 * Node's decoder stops at the end of the first one (nodejs/node issue 64741), and Node 22.15 says nothing when the
 * stream ends before the frame does.
 */
import { measureFrame } from './frame-body.ts';
import type { FrameDecoder } from './frame-decoder.ts';
import { readFrameHeader } from './frame-header.ts';
import { decodeWithFzstd } from './fzstd.ts';
import { decodeWithNode } from './node-zlib.ts';
import { Output } from './output.ts';

export type Decoded =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array }
  /** More than the limit comes out. */
  | { readonly kind: 'over-limit' }
  /** `at`: offset in the input of the frame or block that is at fault. */
  | { readonly kind: 'damaged'; readonly reason: string; readonly at: number };

type Step = { readonly kind: 'next'; readonly at: number } | Exclude<Decoded, { kind: 'ok' }>;

/**
 * Decodes all frames one after the other, and holds at most `limit` bytes and one chunk of what comes out. As with a reader
 * that stops after `limit` + 1 bytes, damage behind that point goes unnoticed.
 * @param decodeFrame the strictest that the running Node has
 */
export async function decodeZstd(
  input: Uint8Array,
  limit: number,
  decodeFrame: FrameDecoder = decodeWithNode ?? decodeWithFzstd,
): Promise<Decoded> {
  const out = new Output(limit);
  let at = 0;
  // No frame at all is damage too: libzstd waits for one.
  do {
    const step = await passFrame(input, at, out, decodeFrame);
    if (step.kind !== 'next') return step;
    at = step.at;
  } while (at < input.length);
  return { kind: 'ok', bytes: out.view() };
}

async function passFrame(input: Uint8Array, at: number, out: Output, decodeFrame: FrameDecoder): Promise<Step> {
  const header = readFrameHeader(input, at);
  if (header.kind === 'damaged') return { ...header, at };
  if (header.kind === 'skippable') return { kind: 'next', at: header.end };
  const { end, maxBytes, fault } = measureFrame(input, header);
  out.reserve(maxBytes);
  const result = await decodeFrame({ bytes: input.subarray(at, end), header, maxBytes }, out);
  if (result.kind === 'over-limit') return result;
  // Only now: a reader that stops at the limit never comes to see it.
  if (fault) return { kind: 'damaged', ...fault };
  return result.kind === 'done' ? { kind: 'next', at: end } : { ...result, at };
}
