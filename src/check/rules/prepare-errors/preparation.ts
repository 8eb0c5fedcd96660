/** `Preparation`: the code was parsed, but could not be instrumented or compiled. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, compilerError, prepareErrorHint } from './prepare-error-hint.ts';

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
    when: { Preparation: /^Other\("can't convert a memory import into an export/ },
    message: 'Validators would reject it: the module both imports and defines a memory.',
    hint: 'Let wasm-builder set the linker flags (--import-memory, --export-table).',
  }),
  prepareErrorHint({
    id: 'stack-limiter',
    place: 'build-script',
    title: 'A function, a type or an export is malformed.',
    docs: paragraphs(`
      The worker rewrites all functions so that they count the height of the stack. The code is not validated before this
      step, so malformed functions and indices that point nowhere fail here ("cannot inject the stack limiter").

      Build again with an unmodified Rust toolchain, and without tools that rewrite the module after the build.
    `),
    when: { Preparation: /^Other\("cannot inject the stack limiter/ },
    message: 'Validators would reject it: a function, a type or an export of it is malformed.',
    hint: 'Build again with an unmodified Rust toolchain, and without tools that rewrite the module.',
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
    when: {
      Preparation: /^Other\("cannot create the engine/,
      RuntimeConstruction: /^Other\("cannot create the wasmtime engine/,
    },
    message:
      'Validators would reject it with these executor params: the compiler rejects its settings, whatever the code is.',
    hint: 'Compare the executor params of the profile with those of the relay chain, StackNativeMax first.',
  }),
  prepareErrorHint({
    id: 'function-too-large',
    place: 'construct-runtime',
    title: 'A function is too large for the compiler.',
    docs: paragraphs(`
      Wasmtime compiles functions of at most 50 000 locals and 7 654 321 bytes, with at most 1 000 parameters, and its code
      generator has limits of its own ("Code for function is too large", "Implementation limit exceeded"). The message names
      the function.

      Split the function: fewer calls in one pallet, no huge \`match\` or constant table in one function, less inlining
      (\`opt-level = "z"\`, \`#[inline(never)]\`).
    `),
    when: {
      Preparation: compilerError(
        'too many locals',
        'locals exceed maximum',
        'Code for function is too large',
        'Implementation limit exceeded',
        'function body size is out of bounds',
        'br_table size is out of bounds',
      ),
    },
    message: 'Validators would reject it: a function is too large for the compiler.',
    hint: "Polkadot's text names the function. Split it, or keep the compiler from inlining into it (opt-level, #[inline(never)]).",
  }),
  prepareErrorHint({
    id: 'module-too-large',
    place: 'construct-runtime',
    title: 'The module exceeds a limit of the compiler.',
    docs: paragraphs(`
      Wasmtime limits what a module may hold: 1 000 000 types, functions, imports, exports and globals each, 100 000 segments
      each, names of 100 000 bytes, 10 000 000 table entries and 65 536 pages of memory.

      A runtime is far from these limits. Look for a linker flag such as \`--initial-memory\`, for generated code, and for a
      tool that rewrites the module.
    `),
    when: {
      Preparation: compilerError(
        '.*(?:count exceeds limit|count of \\d+ exceeds|size is out of bounds)',
        'memory size must be at most',
        'minimum table size is out of bounds',
        'effective type size exceeds',
        'section too large',
        'implementation limit',
      ),
    },
    message: 'Validators would reject it: the module exceeds a limit of the compiler.',
    hint: 'Remove linker flags such as --initial-memory, and look for generated code that declares too much.',
  }),
  prepareErrorHint({
    id: 'not-compilable',
    place: 'manifest',
    title: 'The compiler rejects the module.',
    docs: paragraphs(`
      Wasmtime validates the whole module while it compiles: the types of all values, and whether functions, globals and
      tables exist. The end of the message names the function and the offset in the instrumented module.

      Compilers write valid modules. Use an unmodified toolchain and no tools that rewrite the module, or copy the file
      again. If it happens with a stock toolchain, report it to Rust.
    `),
    when: { Preparation: /^Other\("cannot precompile module/ },
    message: 'Validators would reject it: the module is not valid WebAssembly.',
    hint: "Polkadot's text names the function. Build again with an unmodified Rust toolchain, and without tools that rewrite the module.",
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
    message: 'Validators would reject it: the module could not be instrumented or compiled.',
    hint: 'Build again with an unmodified Rust toolchain, and without tools that rewrite the module.',
  }),
];
