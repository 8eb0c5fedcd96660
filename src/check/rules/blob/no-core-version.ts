import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const noCoreVersion: Rule<'blob'> = {
  id: 'no-core-version',
  about: 'blob',
  severity: 'error',
  place: 'build-script',
  title: 'The module does not export Core_version.',
  docs: paragraphs(`
    \`Core\` is the one runtime API that every runtime must have (sp-api): it tells the version, and it initializes and
    executes blocks. Preparation does not look for it. No node can run a module without it.

    Check that the blob is a runtime: \`impl_runtime_apis!\` must implement \`sp_api::Core\`, and the linker must not remove
    the exports.
  `),
  run({ facts: { exports, problem } }) {
    // A damaged module may have lost its exports.
    if (exports === undefined || problem?.kind === 'damaged-module') return [];
    if (exports.some(({ name, kind }) => name === 'Core_version' && kind === 'function')) return [];
    return [
      {
        message: 'The module does not export Core_version, so it is not a runtime that a node can run.',
        hint: 'Every runtime has the runtime API Core. Check that impl_runtime_apis! implements it, and that this file is a runtime.',
      },
    ];
  },
};
