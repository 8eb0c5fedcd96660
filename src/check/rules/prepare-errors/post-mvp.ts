/** `Prevalidation` and `Preparation`: the module uses a feature beyond the first version of WebAssembly. Opcodes are decimal. */
import type { Rule } from '../rule.ts';
import { postMvp, stockToolchain, unknownType } from './post-mvp-hint.ts';
import { compilerError, parserError } from './prepare-error-hint.ts';

export const postMvpRules: readonly Rule<'outcome'>[] = [
  postMvp({
    id: 'opcode-sign-extension',
    title: 'The code uses sign-extension instructions.',
    features: { 'sign-extension': 'sign-extension instructions' },
    sign: `Opcodes 192 to 196 are the sign-extension instructions (\`i32.extend8_s\` and so on).`,
    when: { Prevalidation: parserError('UnknownOpcode\\(19[2-6]\\)') },
  }),
  postMvp({
    id: 'opcode-bulk-memory',
    title: 'The code uses bulk-memory or saturating float instructions.',
    features: { 'bulk-memory': 'bulk-memory instructions', 'saturating-float': 'saturating float conversions' },
    anyFeature: 'bulk-memory or saturating float instructions',
    sign: `
      Opcode 252 starts the bulk-memory instructions (\`memory.copy\`, \`memory.fill\`) and the saturating conversions of
      floats. The executor param \`WasmExtBulkMemory\` does not help: it allows them in the compiler, but the parser runs
      first and rejects them. A passive data or element segment, which the parser can't read, belongs to the same feature.
    `,
    when: {
      Prevalidation: parserError('UnknownOpcode\\(252\\)', 'InvalidSegmentFlags\\(1\\)'),
      Preparation: compilerError('bulk memory', 'saturating float', 'passive data segments'),
    },
    hint: `The executor param WasmExtBulkMemory does not help. ${stockToolchain}`,
  }),
  postMvp({
    id: 'opcode-simd',
    title: 'The code uses SIMD.',
    features: { simd: 'SIMD' },
    sign: `Opcode 253 starts the SIMD instructions, and type -5 is \`v128\`.`,
    when: {
      Prevalidation: parserError('UnknownOpcode\\(253\\)', 'UnknownSimdOpcode', unknownType(-5)),
      Preparation: compilerError('(relaxed )?SIMD'),
    },
    hint: `Build without -C target-feature=+simd128. ${stockToolchain}`,
  }),
  postMvp({
    id: 'opcode-reference-types',
    title: 'The code uses reference types.',
    features: { 'reference-types': 'reference types' },
    sign: `
      The parser wants a zero byte after the type of \`call_indirect\`. With the target feature \`reference-types\`, which
      Rust 1.82 and newer enable by default, the linker writes the table index in five bytes (\`InvalidTableReference(128)\`;
      rust issue 128475). Opcodes 208 to 210 are \`ref.null\`, \`ref.is_null\` and \`ref.func\`, 37 and 38 are \`table.get\` and
      \`table.set\`, 28 is \`select\` with a type. Types -16 and -17 are \`funcref\` and \`externref\`. Several tables belong to
      the feature, too.
    `,
    when: {
      Prevalidation: parserError(
        'InvalidTableReference',
        'UnknownOpcode\\((?:20[89]|210|28|37|38)\\)',
        unknownType(-16, -17),
        'InvalidSegmentFlags\\([2-7]\\)',
      ),
      Preparation: compilerError('multiple tables', 'reference types'),
    },
  }),
  postMvp({
    id: 'wasm-exceptions',
    title: 'The code uses WebAssembly exceptions.',
    features: { exceptions: 'WebAssembly exceptions' },
    sign: `
      Section 13 is the tag section, and kind 4 is an imported or exported tag. Opcodes 6 to 10, 24, 25 and 31 are \`try\`,
      \`catch\`, \`throw\`, \`rethrow\`, \`throw_ref\`, \`delegate\`, \`catch_all\` and \`try_table\`. Types -23 and -12 are
      \`exnref\`. The code was built with \`panic = "unwind"\` for a target that unwinds with exceptions (rust PR 121438), or
      a dependency in C++ uses them.

      Build with \`panic = "abort"\`, as wasm-builder does, and without \`-Zwasm-c-abi\`, \`-Cllvm-args=-wasm-enable-eh\` and
      \`-fwasm-exceptions\`.
    `,
    when: {
      Prevalidation: parserError(
        'InvalidSectionId\\(13\\)',
        'Unknown(?:External|Internal)Kind\\(4\\)',
        'UnknownOpcode\\((?:[6-9]|10|24|25|31)\\)',
        unknownType(-23, -12),
      ),
      Preparation: compilerError('(legacy )?exceptions'),
    },
    hint: `Build with panic = "abort" (wasm-builder's default) and without flags for WebAssembly exceptions. ${stockToolchain}`,
  }),
  postMvp({
    id: 'opcode-tail-call',
    title: 'The code uses tail calls.',
    features: { 'tail-call': 'tail calls' },
    sign: `Opcodes 18 and 19 are \`return_call\` and \`return_call_indirect\`.`,
    when: { Prevalidation: parserError('UnknownOpcode\\(1[89]\\)'), Preparation: compilerError('tail calls') },
    hint: `Build without -C target-feature=+tail-call. ${stockToolchain}`,
  }),
  postMvp({
    id: 'opcode-atomics',
    title: 'The code uses threads.',
    features: { threads: 'threads (atomic instructions, a shared memory or a shared global)' },
    sign: `
      Opcode 254 starts the atomic instructions, limits with flags 2 or 3 belong to a shared memory, and 2 or 3 as a
      global's mutability to a shared global.
    `,
    when: {
      Prevalidation: parserError('UnknownOpcode\\(254\\)', 'InvalidLimitsFlags\\([23]\\)', 'InvalidVarUint1\\([23]\\)'),
      Preparation: compilerError('threads', 'shared-everything-threads', 'shared (?:tables|globals)'),
    },
    hint: `Build without -C target-feature=+atomics and without the linker flag --shared-memory. ${stockToolchain}`,
  }),
  postMvp({
    id: 'memory64',
    title: 'The module has a 64-bit memory.',
    features: { memory64: 'a 64-bit memory or table' },
    sign: 'Limits with flags 4 to 7 belong to a memory or table with 64-bit addresses (target `wasm64`).',
    when: {
      Prevalidation: parserError('InvalidLimitsFlags\\([4-7]\\)'),
      Preparation: compilerError('memory64 must be enabled'),
    },
    hint: `Build for a 32-bit target, not for wasm64. ${stockToolchain}`,
  }),
  postMvp({
    id: 'multi-value',
    title: 'A function or block has several results.',
    features: { 'multi-value': 'functions or blocks with several results (multi-value)' },
    sign: `
      A function type has more than one result, or a block has a function type of its own (\`UnknownBlockType\` with 0 or
      more). The target feature \`multivalue\` allows both.
    `,
    when: {
      Prevalidation: parserError('Other\\(\\\\"Enable the multi_value feature', 'UnknownBlockType\\(\\d+\\)'),
      Preparation: compilerError('func type returns multiple values', 'blocks, loops, and ifs may only'),
    },
    hint: `Declare no extern "C" function with several results, and build without -C target-feature=+multivalue. ${stockToolchain}`,
  }),
  postMvp({
    id: 'multi-memory',
    title: 'The module has several memories.',
    features: { 'multi-memory': 'several memories' },
    sign: `
      \`memory.size\` and \`memory.grow\` are followed by the index of a memory, which must be 0, and a module has at most one
      memory.
    `,
    when: {
      Prevalidation: parserError('InvalidMemoryReference'),
      Preparation: compilerError('multiple memories', 'multi-memory'),
    },
    hint: `Let wasm-builder set the linker flags, and use no tools that merge modules. ${stockToolchain}`,
  }),
  postMvp({
    id: 'wasm-gc',
    title: 'The module uses typed references or garbage collection.',
    features: { gc: 'typed function references or garbage collection' },
    sign: `
      Opcodes 20 and 21 are \`call_ref\` and \`return_call_ref\`, 211 to 214 work on typed references, and 251 starts the
      instructions of garbage collection. Type forms 78 to 80, 94 and 95 are its types. Rust does not write such code: the
      module comes from another compiler, or it is damaged.
    `,
    when: {
      Prevalidation: parserError(
        'UnknownOpcode\\((?:20|21|21[1-4]|251)\\)',
        'UnknownFunctionForm\\((?:78|79|80|94|95)\\)',
        unknownType(-8, -9, -13, -14, -15, -18, -19, -20, -21, -22, -28, -29),
        'UnknownTableElementType\\(-64\\)',
      ),
      Preparation: compilerError('gc ', 'function references', 'rec group usage'),
    },
  }),
  postMvp({
    id: 'extended-const',
    title: 'A constant is computed.',
    features: {},
    anyFeature: 'computed constants (extended-const)',
    sign: `
      The initial value of a global, or the offset of a segment, is computed with \`i32.add\` or a similar instruction
      ("constant expression required"). The parser lets that pass, but the compiler rejects it. The linker writes such
      constants for position-independent code and with the target feature \`extended-const\`.
    `,
    when: { Preparation: compilerError('constant expression required') },
    hint: `Build without -C relocation-model=pic and without -C target-feature=+extended-const. ${stockToolchain}`,
  }),
  postMvp({
    id: 'not-mvp',
    title: 'The module uses a feature beyond the first version of WebAssembly.',
    features: {
      unknown: 'an instruction that is not in the first version of WebAssembly',
      'stack-switching': 'stack switching',
      'wide-arithmetic': 'wide arithmetic',
      'custom-page-sizes': 'a memory with its own page size',
    },
    anyFeature: 'a feature beyond the first version of WebAssembly',
    sign: `
      An instruction, a type or a memory belongs to none of the common extensions. Opcodes 224 to 230 switch stacks. Limits
      with flags 8 or more belong to a memory with its own page size. If the module was not built with an unusual compiler,
      it is damaged.
    `,
    when: {
      Prevalidation: parserError(
        'UnknownOpcode',
        'InvalidLimitsFlags\\((?:[89]|1[0-5])\\)',
        'UnknownFunctionForm\\(93\\)',
        unknownType(-24, -11),
        'InvalidSectionId\\(14\\)',
      ),
      Preparation: compilerError('.*(?:support is not enabled|proposal)', 'stack switching', 'Unsupported feature'),
    },
    hint: `If it was not built with an unusual compiler, copy or build the file again. ${stockToolchain}`,
  }),
];
