import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const noMemory: Rule<'blob'> = {
  id: 'no-memory',
  about: 'blob',
  severity: 'error',
  place: 'build-script',
  title: 'The module has no memory that its host can use.',
  docs: paragraphs(`
    The host passes arguments and results through the memory of the module. The module must import a memory, which
    preparation turns into an export, or export its own as \`memory\`. Preparation does not check that. Without it every
    call fails (sc-executor-wasmtime 0.47.0, instance_wrapper.rs).

    Let wasm-builder set the linker flags: \`build_using_defaults()\` imports the memory.
  `),
  run({ facts: { functions, exports = [], memory, problem } }) {
    // A file without functions is not a module. A damaged module may have lost its memory.
    if (functions === undefined || problem?.kind === 'damaged-module') return [];
    if (memory?.imported || exports.some(({ name, kind }) => name === 'memory' && kind === 'memory')) return [];
    return [
      {
        message:
          memory === undefined
            ? 'The module has no memory, so every call of it fails.'
            : 'The module does not export its memory under the name memory, so every call of it fails.',
        hint: 'Let wasm-builder set the linker flags: build_using_defaults() imports the memory.',
      },
    ];
  },
};
