/** `Preparation`: the code was parsed, but could not be instrumented or compiled. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

export const preparationRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'two-memories',
    place: 'build-script',
    title: 'The module both imports and defines a memory.',
    docs: paragraphs(`
      The worker turns the imported memory into a memory of the module, but the module already has one ("can't convert a
      memory import into an export"). A runtime has exactly one memory, and imports it.

      Let wasm-builder set the linker flags (\`--import-memory\`, \`--export-table\`), and remove your own flags from
      \`WASM_BUILD_RUSTFLAGS\` and from the build script.
    `),
    when: { Preparation: /can't convert a memory import into an export/ },
    hint: 'The module both imports and defines a memory. Let wasm-builder set the linker flags (--import-memory, --export-table).',
  }),
  prepareErrorHint({
    id: 'stack-limiter',
    place: 'build-script',
    title: 'A function body is malformed.',
    docs: paragraphs(`
      The worker rewrites all functions so that they count the height of the stack. The code is not validated before this
      step, so malformed functions fail here ("cannot inject the stack limiter").

      Build again with an unmodified Rust toolchain, and without tools that rewrite the module after the build.
    `),
    when: { Preparation: /cannot inject the stack limiter/ },
    hint: 'A function body is malformed. Build again with an unmodified Rust toolchain, and without tools that rewrite the module.',
  }),
  prepareErrorHint({
    id: 'engine-settings',
    place: 'manifest',
    title: 'The compiler rejects its settings.',
    docs: paragraphs(`
      The compiler could not be set up with the executor params of the job, so it never read the code. One cause is a
      \`StackNativeMax\` of 0.

      Compare the executor params of the profile with those of the relay chain (runtime API \`session_executor_params\`).
    `),
    when: { Preparation: /cannot create the engine/ },
    hint: "The compiler rejects its settings. This says nothing about the runtime's code. Compare the executor params of the profile with those of the relay chain, StackNativeMax first.",
  }),
  prepareErrorHint({
    id: 'not-compilable',
    place: 'manifest',
    title: 'The compiler rejects the module.',
    docs: paragraphs(`
      Wasmtime validates the whole module while it compiles: types, at most 50 000 locals and 7 654 321 bytes per
      function, at most 65 536 pages of memory. The end of the message names the function and the offset.

      Split a function that is too large. Instructions that the compiler does not allow come from the toolchain: use an
      unmodified one, and no tools that rewrite the module.
    `),
    when: { Preparation: /cannot precompile module/ },
    hint: 'The compiler rejects the module. The end of the message names the function. Split a huge function. Post-MVP code comes from the toolchain.',
  }),
  prepareErrorHint({
    id: 'preparation-error',
    place: 'manifest',
    title: 'The module could not be instrumented or compiled.',
    docs: paragraphs(`
      The worker reported a preparation error that no other finding explains. The error is deterministic: every validator
      with such a worker gets it and votes against the blob.

      Build again with an unmodified Rust toolchain, and without tools that rewrite the module after the build.
    `),
    when: { Preparation: anyText },
    hint: 'The module could not be instrumented or compiled. Build again with an unmodified Rust toolchain, and without tools that rewrite the module.',
  }),
];
