/**
 * libzstd's decoder as WebAssembly (engine/zstd), called as the prepare worker calls it: the same version, the same answers
 * on damaged streams, and the same on every Node.
 */
import { readFile } from 'node:fs/promises';
import { mediaFolder } from '../../base/bundles.ts';
import { onFirstUse } from '../../base/on-first-use.ts';

export type LibzstdResult =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** More than the limit comes out. */
  | { readonly kind: 'over-limit' }
  /** `reason`: libzstd's words. `frameAt`: offset of the frame that it gave up on. */
  | { readonly kind: 'damaged'; readonly reason: string; readonly frameAt: number };

/** Exports of engine/zstd/src/lib.rs; lengths and pointers are u32, which JavaScript sees as i32. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  pvf_zstd_input(length: number): number;
  pvf_zstd_decode(limit: number): number;
  pvf_zstd_pointer(): number;
  pvf_zstd_length(): number;
  pvf_zstd_frame(): number;
}

/** What `pvf_zstd_decode` returns. */
const DECODED = 0;
const OVER_LIMIT = 1;

/** A wasm32 memory holds less than this. */
const MAX_LIMIT_BYTES = 2 ** 32 - 1;

const compiled = onFirstUse(async () => WebAssembly.compile(await readFile(new URL('pvf-zstd.wasm', mediaFolder))));

/**
 * Decodes all frames one after the other, and stops when more than `limit` bytes came out: damage behind that point goes
 * unnoticed. Holds the thread until it is done. Rejects when there is no memory, or the decoder's file is missing.
 */
export async function decodeWithLibzstd(input: Uint8Array, limit: number): Promise<LibzstdResult> {
  // An instance of its own for each stream: its memory never shrinks.
  const exports = new WebAssembly.Instance(await compiled(), {}).exports as Exports;
  const at = exports.pvf_zstd_input(input.length) >>> 0;
  // Only now: making room may have moved the memory.
  new Uint8Array(exports.memory.buffer).set(input, at);
  const outcome = exports.pvf_zstd_decode(Math.min(limit, MAX_LIMIT_BYTES));
  if (outcome === OVER_LIMIT) return { kind: 'over-limit' };
  const result = new Uint8Array(
    exports.memory.buffer,
    exports.pvf_zstd_pointer() >>> 0,
    exports.pvf_zstd_length() >>> 0,
  );
  if (outcome === DECODED) return { kind: 'ok', bytes: result.slice() };
  return { kind: 'damaged', reason: new TextDecoder().decode(result), frameAt: exports.pvf_zstd_frame() >>> 0 };
}
