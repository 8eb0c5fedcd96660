/** `Prevalidation`: the worker could not parse the code. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { mvpOnly, stockToolchain } from './post-mvp.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

export const prevalidationRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'wasm-component',
    place: 'build-script',
    title: 'The file is a WebAssembly component, not a module.',
    docs: paragraphs(`
      Version 65549 in the header marks a component (\`wasm32-wasip2\`, \`cargo component\`). Validators take core modules
      only.

      Prepare the file that wasm-builder writes to \`target/<profile>/wbuild/<crate>/\`.
    `),
    when: { Prevalidation: /UnsupportedVersion\(65549\)/ },
    hint: 'The file is a WebAssembly component, not a module. Use the file that wasm-builder writes under target/*/wbuild/.',
  }),
  prepareErrorHint({
    id: 'polkavm-blob',
    place: 'build-script',
    title: 'The runtime was built for RISC-V.',
    docs: paragraphs(`
      The blob starts with \`PVM\` and a zero byte: it is a PolkaVM program. wasm-builder builds such a program when
      \`SUBSTRATE_RUNTIME_TARGET=riscv\` is set. Validators don't run PolkaVM programs.

      Build without the variable, or with \`SUBSTRATE_RUNTIME_TARGET=wasm\`.
    `),
    when: { Prevalidation: /PolkaVM runtime blob/ },
    hint: 'The runtime was built for RISC-V. Build it without SUBSTRATE_RUNTIME_TARGET=riscv.',
  }),
  prepareErrorHint({
    id: 'not-a-module',
    place: 'none',
    title: 'The file is not a complete WebAssembly module.',
    docs: paragraphs(`
      The worker found no WebAssembly header, the module ends in the middle of a section, or there are bytes after the last
      section. The file is truncated, damaged or of another type. The cause may be a build that was still writing the
      file.

      Build the runtime again, or wait until the running build has finished. A compressed blob starts with the bytes
      \`52 bc 53 76 46 db 8e 05\`. A plain zstd file without them is not recognised.
    `),
    when: { Prevalidation: /InvalidMagic|UnexpectedEof|InconsistentMetadata|InvalidSectionId|UnsupportedVersion/ },
    hint: 'The file is truncated, damaged, or not a WebAssembly module. Build the runtime again. If a build is running, wait until it has finished.',
  }),
  prepareErrorHint({
    id: 'prevalidation-error',
    place: 'build-script',
    title: "Validators can't parse the module.",
    docs: paragraphs(`
      The parser reported an error that no other finding explains: the module is damaged, or a tool used a feature that
      the parser does not know.

      ${mvpOnly}
    `),
    when: { Prevalidation: anyText },
    hint: `Validators can't read the module: it is damaged, or uses features that they don't support. ${stockToolchain}`,
  }),
];
