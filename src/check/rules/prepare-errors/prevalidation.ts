/** `Prevalidation`: the worker could not parse the code. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';
import { mvpOnly, stockToolchain } from './toolchain-texts.ts';

export const prevalidationRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'wasm-component',
    place: 'build-script',
    title: 'The file is a WebAssembly component, not a module.',
    docs: paragraphs(`
      Version 65549 in the header marks a component (\`wasm32-wasip2\`, \`cargo component\`). Validators take core modules
      only.

      Prepare the file that wasm-builder leaves below \`target/<profile>/wbuild/<crate>/\`.
    `),
    when: { Prevalidation: /UnsupportedVersion\(65549\)/ },
    hint: 'The file is a WebAssembly component, not a module. Name the file that wasm-builder leaves under target/*/wbuild/.',
  }),
  prepareErrorHint({
    id: 'polkavm-blob',
    place: 'build-script',
    title: 'The runtime was built for RISC-V.',
    docs: paragraphs(`
      The blob starts with \`PVM\` and a zero byte: it is a PolkaVM program. wasm-builder makes one when
      \`SUBSTRATE_RUNTIME_TARGET=riscv\` is set. Validators don't run such programs.

      Build without the variable, or with \`SUBSTRATE_RUNTIME_TARGET=wasm\`.
    `),
    when: { Prevalidation: /PolkaVM runtime blob/ },
    hint: 'The runtime was built for RISC-V. Build it without SUBSTRATE_RUNTIME_TARGET=riscv.',
  }),
  prepareErrorHint({
    id: 'not-a-module',
    place: 'build-script',
    title: 'The file is no complete WebAssembly module.',
    docs: paragraphs(`
      The worker found no WebAssembly header, or the module ends before its sections do, or there are bytes after its
      last section. The file is cut short or damaged, or it is something else altogether. A file that was read while
      cargo wrote it looks the same.

      Build the runtime again, or wait for the end of a build that is running. A compressed blob starts with the bytes
      \`52 bc 53 76 46 db 8e 05\`; a plain zstd file without them is not recognised.
    `),
    when: { Prevalidation: /InvalidMagic|UnexpectedEof|InconsistentMetadata|InvalidSectionId|UnsupportedVersion/ },
    hint: 'The file is cut short, damaged, or no WebAssembly module at all. Build the runtime again; if a build is running, wait for its end.',
  }),
  prepareErrorHint({
    id: 'prevalidation-error',
    place: 'build-script',
    title: "Validators can't parse the module.",
    docs: paragraphs(`
      The parser gave an error that has no explanation of its own here: the module is damaged, or a tool made it in a way
      that the parser does not know.

      ${mvpOnly}
    `),
    when: { Prevalidation: anyText },
    hint: `Validators can't read the module: it is damaged, or made by a tool that they don't follow. ${stockToolchain}`,
  }),
];
