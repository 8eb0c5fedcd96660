/**
 * V8's optimised machine code of a WebAssembly module, to be kept between runs. Node has no public way to it: two of V8's
 * own functions do it. V8 refuses what another version, other flags or another CPU made.
 */
import { setFlagsFromString } from 'node:v8';

interface Natives {
  serialize(module: WebAssembly.Module): ArrayBuffer | undefined;
  deserialize(code: ArrayBuffer, wasm: Uint8Array): WebAssembly.Module | undefined;
}

/**
 * The code as it is now: functions that were not hot yet are left out. `undefined` when V8 can't tell. To be asked only
 * after much work: V8 ends the process when nothing is optimised yet.
 */
export function serializedCode(module: WebAssembly.Module): Uint8Array | undefined {
  const code = natives()?.serialize(module);
  return code && new Uint8Array(code);
}

/** A module that starts with this code, which has a buffer of its own. `undefined` when V8 doesn't take it. */
export function moduleWithCode(code: Uint8Array<ArrayBuffer>, wasm: Uint8Array): WebAssembly.Module | undefined {
  return natives()?.deserialize(code.buffer, wasm);
}

function natives(): Natives | undefined {
  // Stays on, since V8 parses a function's body at its first call. No text of anybody else is evaluated in this process.
  setFlagsFromString('--allow-natives-syntax');
  try {
    return {
      // Compiled from text because no parser but V8's takes the percent sign.
      serialize: new Function('module', 'return %SerializeWasmModule(module)') as Natives['serialize'],
      deserialize: new Function('code', 'wasm', 'return %DeserializeWasmModule(code, wasm)') as Natives['deserialize'],
    };
  } catch {
    return undefined;
  }
}
