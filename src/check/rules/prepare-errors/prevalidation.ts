/** `Prevalidation`: the worker could not parse the code. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { mvpOnly, stockToolchain } from './post-mvp-hint.ts';
import { anyText, parserError, prepareErrorHint } from './prepare-error-hint.ts';

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
    when: {
      // Version 0x1000d and the versions that components had before it: layer 1 in the upper half.
      Prevalidation: parserError('UnsupportedVersion\\((?:6553[6-9]|6554\\d)\\)'),
      Preparation:
        /^Other\("cannot precompile module: .*expected a WebAssembly module but was given a WebAssembly component/,
    },
    message: 'Validators would reject it: the file is a WebAssembly component, not a module.',
    hint: 'Use the file that wasm-builder writes under target/*/wbuild/.',
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
    when: {
      Prevalidation: /PolkaVM runtime blob/,
      Preparation: /found a PolkaVM program blob/,
    },
    message: 'Validators would reject it: the runtime was built for RISC-V (PolkaVM).',
    hint: 'Build it without SUBSTRATE_RUNTIME_TARGET=riscv.',
  }),
  prepareErrorHint({
    id: 'not-a-module',
    place: 'none',
    title: 'The file is not a complete WebAssembly module.',
    docs: paragraphs(`
      The worker found no WebAssembly header, the module ends in the middle of a section or before its code, or there are
      bytes after the last section. The file is truncated, damaged or of another type. The cause may be a build that was
      still writing the file.

      Build the runtime again, or wait until the running build has finished. A compressed blob starts with the bytes
      \`52 bc 53 76 46 db 8e 05\`. A plain zstd file without them is not recognised.
    `),
    when: {
      Prevalidation: parserError(
        'InvalidMagic',
        'UnsupportedVersion',
        'UnexpectedEof',
        'HeapOther\\(\\\\"I/O Error: (?:UnexpectedEof|TrailingData)',
        'InconsistentCode',
        'InconsistentMetadata',
        'InvalidSectionId',
      ),
    },
    message: 'Validators would reject it: the file is truncated, damaged, or not a WebAssembly module.',
    hint: 'Build the runtime again, or copy the file again. If a build is running, wait until it has finished.',
  }),
  prepareErrorHint({
    id: 'damaged-module',
    place: 'build-script',
    title: 'The module is damaged.',
    docs: paragraphs(`
      The file starts like a module, but its content breaks the rules of the binary format: a number that is too long, a
      name that is not UTF-8, a section that is out of order, there twice or longer than its content, or a type, kind or flag
      that no proposal defines. Compilers don't write such modules.

      Typical causes are a copy that changed bytes (text mode, a character set, a terminal), a tool that rewrites modules,
      and a failing disk. Build the runtime again, copy it in binary mode, and compare the code hash.
    `),
    when: {
      Prevalidation: parserError(
        'InvalidVar',
        'NonUtf8String',
        'Unknown(?:ValueType|BlockType|TableElementType|ExternalKind|InternalKind|FunctionForm)',
        'Invalid(?:LimitsFlags|SegmentFlags)',
        'Inconsistent',
        'SectionsOutOfOrder',
        'Duplicated',
        'UnknownNameSubsectionType',
        'TooManyLocals',
        'HeapOther',
        'Other\\(\\\\"(?:too many instructions|index is larger than expected|indices are out of order)',
      ),
    },
    message: 'Validators would reject it: the module is damaged.',
    hint: 'Build the runtime again without tools that rewrite the module, copy it in binary mode, and compare the code hash.',
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
    message: "Validators would reject it: they can't read the module.",
    hint: `It is damaged, or uses features that validators don't support. ${stockToolchain}`,
  }),
];
