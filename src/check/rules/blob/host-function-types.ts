import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { mistypedList } from './import-list.ts';

export const hostFunctionTypes: Rule<'blob'> = {
  id: 'host-function-types',
  about: 'blob',
  severity: 'error',
  place: 'manifest',
  title: 'The module imports a host function with the wrong type.',
  docs: paragraphs(`
    A host function has a fixed wasm type: two \`i64\` and no result, for example. A module that imports it with another type
    can't be linked. Nodes refuse it ("incompatible import type"). Validators do so only for the functions that they have in
    \`validate_block\`: hashing, cryptography, the allocator, logging, \`misc\` and \`trie\`. They replace the others, so
    pre-checking accepts a wrong \`ext_storage_*\`, and no collator can run it.

    The SDK's own declarations have the right types. Look for \`extern "C"\` declarations of \`ext_*\` in dependencies, for
    crates of different SDK releases in one build (\`cargo tree -d\`), and for a tool that rewrote the module.
  `),
  run({ facts: { mistypedImports = [], missingImports = [] }, prepareError }) {
    if (mistypedImports.length === 0) return [];
    // The finding about the outcome names them, unless the worker ended at another import.
    const isForeign = missingImports.some(({ module, kind }) => module !== 'env' || kind !== 'function');
    if (prepareError === 'RuntimeConstruction' && !isForeign) return [];
    return [
      {
        message: `The module imports host functions with other types than nodes have: ${mistypedList(mistypedImports)}.`,
        hint: 'Nodes would refuse to run it ("incompatible import type"). Look for extern "C" declarations of ext_* functions in dependencies, and for crates of two SDK releases (cargo tree -d).',
        data: { count: mistypedImports.length, first: mistypedImports[0]?.name ?? '' },
      },
    ];
  },
};
