import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const noMemory: Rule<'blob'> = {
  id: 'no-memory',
  about: 'blob',
  severity: 'error',
  place: 'build-script',
  title: 'The module has no memory that its host can use.',
  docs: paragraphs(`
    The host passes arguments and results through the memory of the module. The module must import a memory named \`memory\`, which
    preparation turns into an export of the same name, or export its own as \`memory\`. Preparation does not check that. Without it every
    call fails (sc-executor-wasmtime 0.47.0, instance_wrapper.rs).

    Let wasm-builder set the linker flags: \`build_using_defaults()\` imports the memory.
  `),
  run({ facts: { functions, imports = [], exports = [], memory, problem } }) {
    // A file without functions is not a module. A damaged module may have lost its memory.
    if (functions === undefined || problem?.kind === 'damaged-module') return [];
    const imported = imports.find(({ kind }) => kind === 'memory');
    if ((imported?.name ?? 'memory') === 'memory' && memory?.imported) return [];
    if (exports.some(({ name, kind }) => name === 'memory' && kind === 'memory')) return [];
    return [
      {
        message:
          memory === undefined
            ? 'The module has no memory, so every call of it fails.'
            : imported
              ? 'The module imports its memory under another name than memory, so every call of it fails.'
              : 'The module does not export its memory under the name memory, so every call of it fails.',
        hint: 'Let wasm-builder set the linker flags: build_using_defaults() imports the memory.',
      },
    ];
  },
};
