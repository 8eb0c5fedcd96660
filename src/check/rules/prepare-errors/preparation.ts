/** `Preparation`: the code could be parsed, but not instrumented or compiled. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

export const preparationRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'two-memories',
    place: 'build-script',
    title: 'The module imports a memory and has one of its own.',
    docs: paragraphs(`
      The worker turns the imported memory into one of the module's own, and there is one already ("can't convert a
      memory import into an export"). A runtime has exactly one memory, which wasm-builder has imported.

      Let wasm-builder set the linker flags (\`--import-memory\`, \`--export-table\`), and remove flags of your own from
      \`WASM_BUILD_RUSTFLAGS\` and from the build script.
    `),
    when: { Preparation: /can't convert a memory import into an export/ },
    hint: 'The module both imports a memory and has one of its own. Let wasm-builder set the linker flags (--import-memory, --export-table).',
  }),
  prepareErrorHint({
    id: 'stack-limiter',
    place: 'build-script',
    title: 'A function body is malformed.',
    docs: paragraphs(`
      The worker rewrites all functions so that they count the height of the stack. It walks over code that nobody has
      validated yet, so malformed functions fail here ("cannot inject the stack limiter").

      Build again with an unmodified Rust toolchain, and without tools that rewrite the module after the build.
    `),
    when: { Preparation: /cannot inject the stack limiter/ },
    hint: 'A function body is malformed. Build again with an unmodified Rust toolchain, and without tools that rewrite the module.',
  }),
  prepareErrorHint({
    id: 'engine-settings',
    place: 'manifest',
    title: 'The compiler does not take its settings.',
    docs: paragraphs(`
      The compiler could not be set up with the executor params of the job, so it never looked at the code. A
      \`StackNativeMax\` of 0 does that.

      Compare the executor params of the profile with those of the relay chain (runtime API \`session_executor_params\`).
    `),
    when: { Preparation: /cannot create the engine/ },
    hint: "The compiler does not take its settings, which says nothing of the runtime's code. Compare the executor params of the profile with those of the relay chain, StackNativeMax first.",
  }),
  prepareErrorHint({
    id: 'not-compilable',
    place: 'manifest',
    title: 'The compiler refuses the module.',
    docs: paragraphs(`
      Wasmtime validates the whole module while it compiles: types, at most 50 000 locals and 7 654 321 bytes per
      function, at most 65 536 pages of memory. The end of the message names the function and the offset.

      Split a function that is too large. An instruction that the compiler does not allow comes from the toolchain: use an
      unmodified one, and no tools that rewrite the module.
    `),
    when: { Preparation: /cannot precompile module/ },
    hint: 'The compiler refuses the module; the end of the message names the function. A huge function can be split, post-MVP code comes from the toolchain.',
  }),
  prepareErrorHint({
    id: 'preparation-error',
    place: 'manifest',
    title: 'The module could not be instrumented or compiled.',
    docs: paragraphs(`
      The worker gave an error of preparation that has no explanation of its own here. The error is deterministic: every
      validator with such a worker gets it, and votes against.

      Build again with an unmodified Rust toolchain, and without tools that rewrite the module after the build.
    `),
    when: { Preparation: anyText },
    hint: 'The module could not be instrumented or compiled. Build again with an unmodified Rust toolchain, and without tools that rewrite the module.',
  }),
];
