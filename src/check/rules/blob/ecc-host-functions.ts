import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { importList } from './import-list.ts';

export const eccHostFunctions: Rule<'blob'> = {
  id: 'ecc-host-functions',
  about: 'blob',
  severity: 'warning',
  place: 'manifest',
  title: 'The module imports elliptic-curve host functions.',
  docs: paragraphs(`
    Validators offer the elliptic-curve host functions of RFC 163 only on a relay chain with the executor param
    \`EnabledHostFunction(EccRfc163)\`. The profile does not have it. Preparation succeeds, but \`validate_block\` traps as
    soon as it calls such a function, and then no block is valid.

    Check the executor params of the relay chain. If the param is there, use a profile that has it. If it is not, compute
    on the curves in the runtime until governance adds it.
  `),
  run({ facts: { missingImports = [] }, executorParams }) {
    const imports = missingImports.filter(({ family }) => family === 'ecc');
    if (imports.length === 0 || executorParams.some(({ tag }) => tag === 'EnabledHostFunction')) return [];
    return [
      {
        message: `The module imports elliptic-curve host functions, which the profile does not enable: ${importList(imports)}.`,
        hint: 'Validators offer them only with the executor param EnabledHostFunction(EccRfc163). Without it, validate_block traps when it calls one.',
        data: { count: imports.length },
      },
    ];
  },
};
