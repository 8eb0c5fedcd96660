/** What to say about imports that no node offers, by family. */
import type { ImportFamily } from '../../../runtime/import-families.ts';

export interface ImportText {
  /** Follows "The module imports ". */
  readonly what: string;
  readonly hint: string;
}

/** The families that have no rule of their own. */
export const importTexts = {
  'panic-handler': {
    what: "Rust's panic handler, which was not linked",
    hint: 'This is polkadot-sdk issue 8190, with Rust 1.87 or newer. Update to an SDK with PR 8198, or build with an older Rust.',
  },
  'rust-runtime': {
    what: "parts of Rust's runtime (unwinding or the allocator) that were not linked",
    hint: 'Build with panic = "abort" (wasm-builder\'s default), and keep the allocator of sp-io: remove the feature disable_allocator, or set a #[global_allocator].',
  },
  randomness: {
    what: "the random source of getrandom's custom backend, which nothing implements",
    hint: 'A runtime has no random source. Find the crate that uses getrandom with cargo tree -i getrandom, and remove it or its feature (rand with std or getrandom is usual).',
  },
  tracing: {
    what: 'host functions for tracing, which only tracing nodes offer',
    hint: 'This is a tracing build (a code override for tracing nodes). Never register it: build again without the tracing feature.',
  },
  experimental: {
    what: 'experimental host functions, which no node in production offers',
    hint: 'Build without the experimental feature (bls-experimental, bandersnatch-experimental, a curve outside RFC 163), or compute it in the runtime.',
  },
  removed: {
    what: 'host functions of early Substrate, which today no node offers',
    hint: 'The SDK of the runtime is too old for the nodes of today. Update the SDK and build again.',
  },
  'unknown-version': {
    what: 'host functions, or versions of them, that no known node offers',
    hint: "The runtime's SDK is newer than the nodes that this tool knows (sp-io 49.0.0), or it has changes of its own. Build with a released SDK, and update all collators first.",
  },
  custom: {
    what: 'host functions of its own, which validators do not offer',
    hint: 'A parachain can have no custom host functions (polkadot issue 4847). Move the code into the runtime, or remove the crate that declares them with #[runtime_interface].',
  },
  'wasm-bindgen': {
    what: 'functions of a browser (wasm-bindgen)',
    hint: 'A dependency is built for a browser: getrandom with its js feature, chrono with wasmbind, uuid with js, and wasm-bindgen itself are usual. Find it with cargo tree -i wasm-bindgen, and build it without std and without that feature.',
  },
  wasi: {
    what: 'functions of WASI, the system interface of programs',
    hint: 'The code was built with std for wasm32-wasi. Build with wasm-builder (wasm32v1-none or wasm32-unknown-unknown), without std, and compile dependencies in C without a WASI SDK.',
  },
  emscripten: {
    what: 'functions of the runtime library of emscripten or C++',
    hint: 'A dependency in C or C++ was compiled with emscripten, or with exceptions. Compile it with clang for wasm32-unknown-unknown, -nostdlib and -fno-exceptions, or use a crate in pure Rust.',
  },
  contract: {
    what: 'functions of the contracts pallet, so it is a smart contract',
    hint: 'This file is a contract (ink! or seal), not a runtime. Check the .compact.compressed.wasm of the runtime.',
  },
  'c-library': {
    what: "functions of C's standard library or of compiler-builtins, which were not linked",
    hint: 'A dependency in C was compiled without a library: compile it with -ffreestanding, -fno-stack-protector and -fno-builtin, or disable the feature that needs it. With build-std, enable compiler-builtins-mem.',
  },
  'not-linked': {
    what: 'functions that no node offers, because C or assembly code of a dependency was not linked',
    hint: 'Find the dependency by the names (ring, secp256k1-sys and other bindings to C are usual). Disable the feature that needs it, or use a crate in pure Rust.',
  },
  'other-module': {
    what: 'from a module other than env',
    hint: 'Nodes have only the module env. Look for #[link(wasm_import_module)] in dependencies, and build them without std or remove them.',
  },
  'not-a-function': {
    what: 'a table or a global, which no node provides',
    hint: 'A runtime may import only functions and its memory. Let wasm-builder set the linker flags: remove --import-table, and -C relocation-model=pic, which imports globals.',
  },
} satisfies { readonly [Family in ImportFamily]?: ImportText };
