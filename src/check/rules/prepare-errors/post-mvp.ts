/** `Prevalidation` and `Preparation`: the module uses a feature beyond the first version of WebAssembly. Opcodes are decimal. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { type PrepareErrorHint, prepareErrorHint } from './prepare-error-hint.ts';

/** The fix when the toolchain, not the runtime's own code, made the module unfit for validators. */
export const stockToolchain =
  'Build with Rust 1.84 or newer and the target wasm32v1-none (rustup target add wasm32v1-none), or with an older Rust and the rust-src component. Compile C dependencies with -mcpu=mvp.';

/** For the docs of everything that the validators' parser does not know. */
export const mvpOnly = paragraphs(`
  Before a worker compiles a module, it parses it with parity-wasm, which knows only the first version of WebAssembly
  (MVP) and rejects all later features (prepare-worker 29.0.0, parity-wasm 0.45). Such code comes from the toolchain, not
  from the runtime's sources: from the prebuilt \`core\` and \`alloc\` of a recent Rust, from a debug build of the blob, or
  from a dependency in C (polkadot-sdk issues 1755, 3192 and 5777). The error is deterministic: every validator rejects
  the blob.

  Use Rust 1.84 or newer and add the target \`wasm32v1-none\`. wasm-builder then uses it by default (polkadot-sdk PR
  7008). With an older Rust, add the \`rust-src\` component, so that wasm-builder rebuilds \`core\` and \`alloc\`. Compile
  dependencies in C with \`-mcpu=mvp\`.
`);

interface PostMvpHint extends Omit<PrepareErrorHint, 'place' | 'docs'> {
  /** How the error shows the feature. */
  readonly sign: string;
}

function postMvp({ sign, ...hint }: PostMvpHint): Rule<'outcome'> {
  return prepareErrorHint({ ...hint, place: 'build-script', docs: `${paragraphs(sign)}\n\n${mvpOnly}` });
}

export const postMvpRules: readonly Rule<'outcome'>[] = [
  postMvp({
    id: 'opcode-sign-extension',
    title: 'The code uses sign-extension instructions.',
    sign: `Opcodes 192 to 196 are the sign-extension instructions (\`i32.extend8_s\` and so on).`,
    when: { Prevalidation: /UnknownOpcode\(19[2-6]\)/ },
    hint: `The code uses sign-extension instructions, which validators reject. ${stockToolchain}`,
  }),
  postMvp({
    id: 'opcode-bulk-memory',
    title: 'The code uses bulk-memory or saturating float instructions.',
    sign: `
      Opcode 252 starts the bulk-memory instructions (\`memory.copy\`, \`memory.fill\`) and the saturating conversions of
      floats. The executor param \`WasmExtBulkMemory\` does not help: it allows them in the compiler, but the parser runs
      first and rejects them.
    `,
    when: { Prevalidation: /UnknownOpcode\(252\)/ },
    hint: `The code uses bulk-memory or saturating float instructions, which validators reject, even with WasmExtBulkMemory. ${stockToolchain}`,
  }),
  postMvp({
    id: 'opcode-simd',
    title: 'The code uses SIMD.',
    sign: `Opcode 253 starts the SIMD instructions, and value type -5 is \`v128\`.`,
    when: { Prevalidation: /UnknownOpcode\(253\)|UnknownValueType\(-5\)/ },
    hint: `The code uses SIMD. ${stockToolchain}`,
  }),
  postMvp({
    id: 'opcode-reference-types',
    title: 'The code uses reference types.',
    sign: `Opcodes 208 to 210 are the instructions for references (\`ref.null\`, \`ref.is_null\`, \`ref.func\`). An unknown type of table elements is \`externref\`.`,
    when: { Prevalidation: /UnknownOpcode\((20[89]|210)\)|UnknownTableElementType/ },
    hint: `The code uses reference types. ${stockToolchain}`,
  }),
  postMvp({
    id: 'opcode-tail-call',
    title: 'The code uses tail calls.',
    sign: `Opcodes 18 and 19 are \`return_call\` and \`return_call_indirect\`.`,
    when: { Prevalidation: /UnknownOpcode\(1[89]\)/ },
    hint: `The code uses tail calls. ${stockToolchain}`,
  }),
  postMvp({
    id: 'opcode-atomics',
    title: 'The code uses threads.',
    sign: 'Opcode 254 starts the atomic instructions, and limits with flags 3 belong to a shared memory.',
    when: { Prevalidation: /UnknownOpcode\(254\)|InvalidLimitsFlags\(3\)/ },
    hint: `The code uses threads (atomics or a shared memory). ${stockToolchain}`,
  }),
  postMvp({
    id: 'memory64',
    title: 'The module has a 64-bit memory.',
    sign: 'Limits with flags 4 belong to a memory with 64-bit addresses.',
    when: { Prevalidation: /InvalidLimitsFlags\(4\)/ },
    hint: `The module has a 64-bit memory. ${stockToolchain}`,
  }),
  postMvp({
    id: 'not-mvp',
    title: 'The module uses a feature beyond the first version of WebAssembly.',
    sign: `
      A function or a block has several results, the module has several tables or memories, or an unknown instruction
      belongs to none of the common extensions.
    `,
    when: {
      Prevalidation: /multi_value|UnknownBlockType|UnknownOpcode/,
      Preparation: /failed to parse WebAssembly module: multiple (tables|memories)/,
    },
    hint: `The module uses a feature beyond the first version of WebAssembly. ${stockToolchain}`,
  }),
];
