import { paragraphs } from '../../../base/text.ts';

/** What to do when the toolchain, and not the runtime's own code, made the module unfit for validators. */
export const stockToolchain =
  'Build with Rust 1.84 or newer and the target wasm32v1-none (rustup target add wasm32v1-none), or with the rust-src component on an older Rust; compile C dependencies with -mcpu=mvp.';

/** For the docs of everything that the parser of validators does not know. */
export const mvpOnly = paragraphs(`
  Before a worker compiles a module, it parses it with parity-wasm, which knows the first version of WebAssembly (MVP)
  and refuses whatever came later (prepare-worker 29.0.0, parity-wasm 0.45). Such code comes from the toolchain rather
  than from the runtime's sources: from the prebuilt \`core\` and \`alloc\` of a recent Rust, from a debug build of the
  blob, or from a dependency in C (polkadot-sdk issues 1755, 3192 and 5777). The error is deterministic: every validator
  refuses the blob.

  Use Rust 1.84 or newer and add the target \`wasm32v1-none\`, which wasm-builder then takes by itself (polkadot-sdk
  PR 7008). With an older Rust add the \`rust-src\` component, so that wasm-builder builds \`core\` and \`alloc\` anew.
  Compile dependencies in C with \`-mcpu=mvp\`.
`);
