/** `RuntimeConstruction`: the compiled code could not be linked with the host. Pre-checking alone looks at that. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

export const runtimeConstructionRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'non-env-import',
    place: 'build-script',
    title: 'The module imports from another module than env.',
    docs: paragraphs(`
      Validators offer host functions in the module \`env\` only. An import from another one, such as
      \`wasi_snapshot_preview1\` or \`__wbindgen_placeholder__\`, means that a dependency was built for a browser or for
      WASI: wasm-bindgen, \`getrandom\` with its \`js\` feature, or anything with \`std\`.

      Find the dependency with \`cargo tree -e features\`, build it without \`std\`, or leave it out.
    `),
    when: { RuntimeConstruction: /non-env module/ },
    hint: 'A dependency asks for a browser or WASI (wasm-bindgen, getrandom with its js feature, std). Build it without std, or leave it out.',
  }),
  prepareErrorHint({
    id: 'non-function-import',
    place: 'build-script',
    title: 'The module imports a table or a global.',
    docs: paragraphs(`
      Apart from its memory, a runtime may import functions only.

      Let wasm-builder set the linker flags, and remove \`--import-table\` and other flags of your own from
      \`WASM_BUILD_RUSTFLAGS\` and from the build script.
    `),
    when: { RuntimeConstruction: /non function imports/ },
    hint: 'The module imports a table or a global. Let wasm-builder set the linker flags.',
  }),
  prepareErrorHint({
    id: 'host-function-signature',
    place: 'manifest',
    title: "A host function has other parameters than the worker's.",
    docs: paragraphs(`
      The module imports a host function that the worker knows, but with another type. The runtime's SDK is newer or older
      than the worker, or a dependency declares the function by hand.

      Compare the SDK of the runtime with the release of the worker, and look for \`extern "C"\` declarations of \`ext_*\`
      functions in dependencies.
    `),
    when: { RuntimeConstruction: /incompatible import type/ },
    hint: "A host function is declared with other parameters than the worker's. The SDK of the runtime and the release of the worker differ: compare their versions.",
  }),
  prepareErrorHint({
    id: 'worker-mismatch',
    place: 'manifest',
    title: 'The artifact comes from another wasmtime than the one that reads it.',
    docs: paragraphs(`
      The worker could not load what it had just compiled. Binaries of different builds in one folder do that (polkadot-sdk
      issue 1548), and so does a binary that is replaced while it runs.

      Use worker binaries of one build. \`pvf workers\` lists what was found, with versions.
    `),
    when: { RuntimeConstruction: /cannot deserialize module/ },
    hint: 'The artifact comes from another wasmtime than the one that reads it. Use worker binaries of one build.',
  }),
  prepareErrorHint({
    id: 'runtime-construction-error',
    place: 'manifest',
    title: 'The module could not be linked with what validators offer.',
    docs: paragraphs(`
      The module was compiled, but its imports could not be resolved, for a reason that has no explanation of its own here.
      Polkadot does not call the error deterministic, and yet a validator that gets it votes against.

      Compare the imports of the module with the host functions of the worker's release.
    `),
    when: { RuntimeConstruction: anyText },
    hint: "The module was compiled, but could not be linked with what validators offer. Compare its imports with the host functions of the worker's release.",
  }),
];
