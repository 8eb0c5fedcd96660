import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const noHeapBase: Rule<'blob'> = {
  id: 'no-heap-base',
  about: 'blob',
  severity: 'error',
  place: 'build-script',
  title: 'The module does not export __heap_base.',
  docs: paragraphs(`
    The host's allocator starts at the address in the exported global \`__heap_base\`. Preparation does not look for it.
    Without it every call fails with "__heap_base is not found" (sc-executor-wasmtime 0.47.0, instance_wrapper.rs), on
    validators and on nodes.

    Call \`export_heap_base()\` or \`build_using_defaults()\` in the build script. Do not remove exports afterwards.
  `),
  run({ facts: { exports, problem } }) {
    // A damaged module may have lost its exports.
    if (exports === undefined || problem?.kind === 'damaged-module') return [];
    if (exports.some(({ name, kind }) => name === '__heap_base' && kind === 'global')) return [];
    return [
      {
        message: 'The module does not export the global __heap_base, so every call of it fails.',
        hint: 'The allocator of validators and nodes needs it. Call export_heap_base() or build_using_defaults() in the build script.',
      },
    ];
  },
};
