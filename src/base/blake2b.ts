import { blake2b } from '@noble/hashes/blake2.js';

/** BLAKE2b with an 8-byte digest. Not in hash.ts, so that the thread that inspects does not load the library for twox. */
export function blake2b64(bytes: Uint8Array): Uint8Array {
  return blake2b(bytes, { dkLen: 8 });
}
