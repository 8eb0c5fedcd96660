/** A runtime with an instruction that validators refuse, as newer Rust versions emit it: the most common rejection. */
import assert from 'node:assert/strict';
import { concat } from '../../src/base/bytes.ts';
import { decompress } from '../../src/runtime/compression.ts';
import { COMPRESSED_MAGIC } from '../../src/runtime/magic.ts';
import { type Block, zstdFrame } from '../unit/runtime/samples.ts';

const BOMB_LIMIT = 64 * 1024 * 1024;
const BLOCK_BYTES = 128 * 1024;

const EQZ = 0x45;
const EXTEND_8_S = 0xc0;
/** With `i32.eqz` in between, these bytes are almost certainly the sequence `local.get n`, `i32.eqz`, `br_if m`. */
const LOCAL_GET = 0x20;
const BR_IF = 0x0d;

/** Decompresses a stored blob. */
export async function rawBlob(stored: Uint8Array): Promise<Uint8Array> {
  const result = await decompress(stored, BOMB_LIMIT);
  assert.ok(result.kind === 'ok', result.kind);
  return result.raw;
}

/** Replaces one `i32.eqz` by an `i32.extend8_s`, which has the same type and length. */
export async function withSignExtension(stored: Uint8Array): Promise<Uint8Array> {
  const bytes = Uint8Array.from(await rawBlob(stored));
  const at = bytes.findIndex(
    (byte, index) => byte === LOCAL_GET && bytes[index + 2] === EQZ && bytes[index + 3] === BR_IF,
  );
  assert.notEqual(at, -1, 'the blob has no such instructions');
  bytes[at + 2] = EXTEND_8_S;
  return asCompressed(bytes);
}

/** A compressed blob of raw blocks, because not every machine has a zstd compressor. */
function asCompressed(bytes: Uint8Array): Uint8Array {
  const count = Math.ceil(bytes.length / BLOCK_BYTES);
  const blocks = Array.from({ length: count }, (_, index): Block => {
    return { kind: 'raw', body: bytes.subarray(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES) };
  });
  return concat(COMPRESSED_MAGIC, zstdFrame(blocks));
}
