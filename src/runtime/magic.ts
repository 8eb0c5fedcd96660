import { startsWith } from '../base/bytes.ts';
import type { BlobKind } from '../model/report.ts';
import { WASM_MAGIC } from '../wasm/sections.ts';

/** `ZSTD_PREFIX` of sp-maybe-compressed-blob: a zstd stream follows. */
export const COMPRESSED_MAGIC = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05);

/** `PVM\0`, the magic of PolkaVM (RISC-V) programs. */
export const POLKAVM_MAGIC = Uint8Array.of(0x50, 0x56, 0x4d, 0x00);

export function blobKind(stored: Uint8Array): BlobKind {
  if (startsWith(stored, WASM_MAGIC)) return 'wasm';
  if (startsWith(stored, COMPRESSED_MAGIC)) return 'compressed-wasm';
  if (startsWith(stored, POLKAVM_MAGIC)) return 'polkavm';
  return 'unknown';
}
