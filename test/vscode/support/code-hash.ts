import { blake2b } from '@noble/hashes/blake2.js';

/** blake2b-256 of the stored bytes. */
export function codeHash(stored: Uint8Array): string {
  return `0x${Buffer.from(blake2b(stored, { dkLen: 32 })).toString('hex')}`;
}
