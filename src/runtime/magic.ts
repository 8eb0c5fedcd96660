import { startsWith, toHex } from '../base/bytes.ts';
import type { BlobKind } from '../model/report.ts';
import { WASM_MAGIC } from '../wasm/sections.ts';

/** `ZSTD_PREFIX` of sp-maybe-compressed-blob: a zstd stream follows. */
export const COMPRESSED_MAGIC = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05);

/** `PVM\0`, the magic of PolkaVM (RISC-V) programs. */
export const POLKAVM_MAGIC = Uint8Array.of(0x50, 0x56, 0x4d, 0x00);

export const BLOB_MAGICS = [WASM_MAGIC, COMPRESSED_MAGIC, POLKAVM_MAGIC] as const;

/** A source of regular expressions: hex digits that a blob begins with, in lower case. */
export const MAGIC_DIGITS = `(?:${BLOB_MAGICS.map((magic) => toHex(magic).slice(2)).join('|')})`;

const hexStart = new RegExp(`^(?:0x)?${MAGIC_DIGITS}`, 'i');

export function blobKind(stored: Uint8Array): BlobKind {
  if (startsWith(stored, WASM_MAGIC)) return 'wasm';
  if (startsWith(stored, COMPRESSED_MAGIC)) return 'compressed-wasm';
  if (startsWith(stored, POLKAVM_MAGIC)) return 'polkavm';
  return 'unknown';
}

/** The text is hex that begins as a blob does. */
export function beginsLikeBlob(hex: string): boolean {
  return hexStart.test(hex);
}

/** @param head the first bytes of a file, binary or hex text */
export function looksLikeRuntime(head: Uint8Array): boolean {
  return blobKind(head) !== 'unknown' || beginsLikeBlob(Buffer.from(head.subarray(0, 64)).toString('latin1').trim());
}
