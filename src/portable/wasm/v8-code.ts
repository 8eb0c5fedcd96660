/**
 * V8's optimised machine code of a WebAssembly module, so that it can be stored between runs. Node has no public API for
 * that, so this calls two functions of V8 itself. V8 rejects code of another version, other flags or another CPU.
 */
import { setFlagsFromString } from 'node:v8';

interface Natives {
  serialize(module: WebAssembly.Module): ArrayBuffer | undefined;
  deserialize(code: ArrayBuffer, wasm: Uint8Array): WebAssembly.Module | undefined;
}

/**
 * The code that V8 has optimised so far; undefined when V8 does not give it. Call it only after much work: V8 aborts the
 * process when it has optimised nothing yet.
 */
export function serializedCode(module: WebAssembly.Module): Uint8Array | undefined {
  const code = natives()?.serialize(module);
  return code && new Uint8Array(code);
}

/** A module that starts with this code, which must have a buffer of its own. Undefined when V8 rejects the code. */
export function moduleWithCode(code: Uint8Array<ArrayBuffer>, wasm: Uint8Array): WebAssembly.Module | undefined {
  return natives()?.deserialize(code.buffer, wasm);
}

function natives(): Natives | undefined {
  // Must stay on, since V8 parses a function's body at its first call. This process evaluates no foreign source text.
  setFlagsFromString('--allow-natives-syntax');
  try {
    return {
      // Compiled from text because only V8's parser accepts the percent sign.
      serialize: new Function('module', 'return %SerializeWasmModule(module)') as Natives['serialize'],
      deserialize: new Function('code', 'wasm', 'return %DeserializeWasmModule(code, wasm)') as Natives['deserialize'],
    };
  } catch {
    return undefined;
  }
}
