import { toHex } from '../base/bytes.ts';
import { blake2b256 } from '../base/hash.ts';

/** The code hash of a runtime: blake2b-256 of the bytes as stored on chain, 0x-hex. */
export function codeHashOf(stored: Uint8Array): string {
  return toHex(blake2b256(stored));
}
