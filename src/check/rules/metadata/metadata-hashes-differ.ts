import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const metadataHashesDiffer: Rule<'metadata'> = {
  id: 'metadata-hashes-differ',
  about: 'metadata',
  severity: 'warning',
  place: 'manifest',
  title: 'Metadata versions 15 and 16 give different metadata hashes.',
  docs: paragraphs(`
    The build computes the hash of \`CheckMetadataHash\` (RFC 78) from metadata version 15. A wallet may compute it from the
    newest version that the runtime offers. If the two differ, the runtime finds that wallet's transactions invalid.

    Runtimes of 2025 did this (bridge-hub-paseo 1009003), and later ones do not (bridge-hub-paseo 2000006). Update to a
    release of the Polkadot SDK in which the two agree.
    \`polkadot-api/check-runtime\` reports the same problem as \`DIFFERENT_METADATA_HASHES\`.
  `),
  run({ result }) {
    if (result.kind !== 'read' || result.hashes.differ !== true) return [];
    return [
      {
        message:
          "Metadata versions 15 and 16 give different hashes for CheckMetadataHash. Wallets that use version 16 can't sign.",
        hint: 'Update to a release of the Polkadot SDK in which the two agree.',
      },
    ];
  },
};
