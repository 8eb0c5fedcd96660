import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const noValidateBlock: Rule<'blob'> = {
  id: 'no-validate-block',
  about: 'blob',
  severity: 'error',
  place: 'register-validate-block',
  title: 'The module does not export validate_block.',
  docs: paragraphs(`
    Validators call \`validate_block\` for every candidate of a parachain. Preparation compiles the module and resolves
    its imports, but does not look for this export (prepare-worker 29.0.0). So validators accept the blob in
    pre-checking, but can't validate a single block. The parachain stops.

    Check that the runtime crate calls \`cumulus_pallet_parachain_system::register_validate_block!\`, and that the blob
    is a parachain runtime. The runtime of a relay chain or solo chain has no \`validate_block\`.
  `),
  run({ facts: { exports, isParachain, problem } }) {
    // A damaged module may have lost its exports.
    if (exports === undefined || problem?.kind === 'damaged-module') return [];
    if (exports.some(({ name, kind }) => name === 'validate_block' && kind === 'function')) return [];
    if (isParachain === false) {
      return [
        {
          message: 'This is the runtime of a relay chain or solo chain, not of a parachain: it has no validate_block.',
          hint: 'Pre-checking does not look for it, but validators could not validate a single block. Check a parachain runtime. If this is meant to be one, it lacks cumulus and register_validate_block!.',
        },
      ];
    }
    return [
      {
        message: 'The module does not export validate_block, so it is not a parachain validation function.',
        hint: 'Pre-checking does not look for it, but validators could not validate a single block. Check that the runtime calls register_validate_block!, and that this is the parachain runtime.',
      },
    ];
  },
};
