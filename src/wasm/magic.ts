/** The first four bytes of a WebAssembly module, and of a component. */
export const WASM_MAGIC = Uint8Array.of(0x00, 0x61, 0x73, 0x6d);
