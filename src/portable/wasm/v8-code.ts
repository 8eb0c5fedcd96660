/**
 * Reads and restores V8's optimised machine code of a WebAssembly module. Node has no public API for that, so this calls two
 * native functions of V8. V8 rejects code of another version, other flags or another CPU.
 */
import { setFlagsFromString } from 'node:v8';

interface Natives {
  serialize(module: WebAssembly.Module): ArrayBuffer | undefined;
  deserialize(code: ArrayBuffer, wasm: Uint8Array): WebAssembly.Module | undefined;
}

/**
 * The code that V8 has optimised so far; undefined when V8 refuses. Call it only after much work: V8 aborts the process when
 * it has optimised nothing.
 */
export function serializedCode(module: WebAssembly.Module): Uint8Array | undefined {
  const code = natives()?.serialize(module);
  return code && new Uint8Array(code);
}

/** A module with this machine code, which must have its own buffer. Undefined when V8 rejects the code. */
export function moduleWithCode(code: Uint8Array<ArrayBuffer>, wasm: Uint8Array): WebAssembly.Module | undefined {
  return natives()?.deserialize(code.buffer, wasm);
}

function natives(): Natives | undefined {
  // The flag must stay on, since V8 parses a function's body at its first call. This process evaluates no foreign code.
  setFlagsFromString('--allow-natives-syntax');
  try {
    return {
      // Compiled from text, because TypeScript does not accept the percent sign.
      serialize: new Function('module', 'return %SerializeWasmModule(module)') as Natives['serialize'],
      deserialize: new Function('code', 'wasm', 'return %DeserializeWasmModule(code, wasm)') as Natives['deserialize'],
    };
  } catch {
    return undefined;
  }
}
