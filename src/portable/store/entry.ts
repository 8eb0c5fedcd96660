/** One file of the store: `PVFFUNC1`, the SHA-256 of its key, the SHA-256 of the packed functions, the packed functions. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, type InputType } from 'node:zlib';
import { equalBytes } from '../../base/bytes.ts';

const MAGIC = Buffer.from('PVFFUNC1', 'latin1');
const DIGEST_BYTES = 32;
const HEAD_BYTES = MAGIC.length + 2 * DIGEST_BYTES;
/** Far above the functions of any code that a chain would store. */
const MAX_FUNCTION_BYTES = 2 ** 30;

/** Node's default is 16 KiB, and each chunk is a round trip through its thread pool. */
const CHUNK_BYTES = 2 ** 20;

const pack = promisify(brotliCompress);
const unpack = promisify<InputType, { maxOutputLength: number; chunkSize: number }, Buffer>(brotliDecompress);

/** The file is damaged, or belongs to another key. */
export class DamagedEntry extends Error {
  override readonly name = 'DamagedEntry';
}

export function digest(bytes: Uint8Array | string): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** @param key SHA-256 of the key */
export async function encodeEntry(key: Uint8Array, functions: Uint8Array): Promise<Uint8Array[]> {
  // Measured on 11 MB of functions: quality 1 packs to 62 % in 59 ms, 4 to 51 % in 261 ms; unpacking takes 50 ms.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_SIZE_HINT]: functions.length };
  const packed = await pack(functions, { params, chunkSize: CHUNK_BYTES });
  return [MAGIC, key, digest(packed), packed];
}

/**
 * Returns the functions. Rejects with `DamagedEntry`.
 * @param key SHA-256 of the key
 */
export async function decodeEntry(key: Uint8Array, file: Uint8Array): Promise<Uint8Array> {
  const packed = file.subarray(HEAD_BYTES);
  const head = Buffer.concat([MAGIC, key, digest(packed)]);
  if (!equalBytes(head, file.subarray(0, HEAD_BYTES))) throw new DamagedEntry('the file is damaged');
  try {
    return await unpack(packed, { maxOutputLength: MAX_FUNCTION_BYTES, chunkSize: CHUNK_BYTES });
  } catch (cause) {
    throw new DamagedEntry("the functions can't be unpacked", { cause });
  }
}
