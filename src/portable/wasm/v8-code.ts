/**
 * V8's optimised machine code of a WebAssembly module, to be kept between runs. Node has no public way to it: two of V8's
 * own functions do it, which are there when the process was started with `--allow-natives-syntax`. V8 refuses what another
 * version, other flags or another CPU made.
 */

/** Node's option that makes V8's own functions callable. */
export const nativesOption = '--allow-natives-syntax';

interface Natives {
  serialize(module: WebAssembly.Module): ArrayBuffer | undefined;
  deserialize(code: ArrayBuffer, wasm: Uint8Array): WebAssembly.Module | undefined;
}

/** The code as it is now: functions that were not hot yet are left out. `undefined` when V8 can't tell. */
export function serializedCode(module: WebAssembly.Module): Uint8Array | undefined {
  const code = natives()?.serialize(module);
  return code && new Uint8Array(code);
}

/** A module that starts with this code. `undefined` when V8 doesn't take it. */
export function moduleWithCode(code: Uint8Array<ArrayBuffer>, wasm: Uint8Array): WebAssembly.Module | undefined {
  // V8 wants a buffer that holds nothing else.
  const alone = code.buffer.byteLength === code.length ? code.buffer : code.slice().buffer;
  return natives()?.deserialize(alone, wasm);
}

function natives(): Natives | undefined {
  try {
    return {
      // Compiled from text because no parser but V8's, and only with the option, takes the percent sign.
      serialize: new Function('module', 'return %SerializeWasmModule(module)') as Natives['serialize'],
      deserialize: new Function('code', 'wasm', 'return %DeserializeWasmModule(code, wasm)') as Natives['deserialize'],
    };
  } catch {
    return undefined;
  }
}
