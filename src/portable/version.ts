/** The node version whose prepare worker this one matches: its wire revision, its texts, its Wasmtime. */
export const NODE_VERSION = '1.25.1';
export const WIRE_REVISION = '26.0.0';
export const FULL_VERSION = `${NODE_VERSION}-portable`;
