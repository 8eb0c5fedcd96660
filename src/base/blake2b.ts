/**
 * BLAKE2b as WebAssembly (engine/blake2b). Node's crypto has only the 512-bit form, and JavaScript takes 100 ms per MB in a
 * process that hashes once.
 */
import { readFileSync } from 'node:fs';
import { mediaFolder } from './bundles.ts';

/** Exports of engine/blake2b/src/lib.rs; lengths and pointers are u32, which JavaScript sees as i32. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  pvf_blake2b_start(length: number): void;
  pvf_blake2b_buffer(): number;
  pvf_blake2b_update(length: number): void;
  pvf_blake2b_finish(): void;
}

const BUFFER_BYTES = 64 * 1024;

/** The first use loads the module, which takes a millisecond. */
const hasher = onFirstUse(() => {
  const module = new WebAssembly.Module(readFileSync(new URL('pvf-blake2b.wasm', mediaFolder)));
  const exports = new WebAssembly.Instance(module, {}).exports as unknown as Exports;
  const buffer = new Uint8Array(exports.memory.buffer, exports.pvf_blake2b_buffer() >>> 0, BUFFER_BYTES);
  return { exports, buffer };
});

/**
 * Hashes the parts one after the other. Throws the system's error when the module's file is missing.
 * @param length bytes of the digest: 1 to 64
 */
export function blake2b(length: number, parts: readonly Uint8Array[]): Uint8Array {
  const { exports, buffer } = hasher();
  exports.pvf_blake2b_start(length);
  for (const part of parts) {
    for (let at = 0; at < part.length; at += BUFFER_BYTES) {
      const piece = part.subarray(at, at + BUFFER_BYTES);
      buffer.set(piece);
      exports.pvf_blake2b_update(piece.length);
    }
  }
  exports.pvf_blake2b_finish();
  return buffer.slice(0, length);
}

/** BLAKE2b with an 8-byte digest. */
export function blake2b64(bytes: Uint8Array): Uint8Array {
  return blake2b(8, [bytes]);
}

function onFirstUse<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
