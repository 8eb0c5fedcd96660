import xxhash from 'xxhash-wasm';
import { blake2b } from './blake2b.ts';

/** BLAKE2b with a 32-byte digest. */
export function blake2b256(...parts: readonly Uint8Array[]): Uint8Array {
  return blake2b(32, parts);
}

export interface Twox256 {
  update(chunk: Uint8Array): void;
  /** 32 bytes: XXH64 with the seeds 0, 1, 2 and 3, each in little-endian order. Not cryptographic. */
  digest(): Uint8Array;
}

/** Returns a factory of twox-256 hashers. Call it once, because it compiles a wasm module, which takes milliseconds. */
export async function twox256Factory(): Promise<() => Twox256> {
  const { create64 } = await xxhash();
  return () => {
    const lanes = [0n, 1n, 2n, 3n].map((seed) => create64(seed));
    return {
      update: (chunk) => {
        for (const lane of lanes) lane.update(chunk);
      },
      digest: () => {
        const out = Buffer.alloc(32);
        lanes.forEach((lane, at) => {
          out.writeBigUInt64LE(lane.digest(), at * 8);
        });
        return new Uint8Array(out);
      },
    };
  };
}
