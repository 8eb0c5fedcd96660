import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const wrongMetadataHash: Rule<'metadata'> = {
  id: 'wrong-metadata-hash',
  about: 'metadata',
  severity: 'warning',
  place: 'build-script',
  title: 'The metadata hash compiled in is not that of the metadata.',
  docs: paragraphs(`
    \`--token\` gives the symbol and decimals of the chain's token. From these and the metadata, the hash follows that wallets
    put into transactions with \`CheckMetadataHash\` (RFC 78). The runtime contains another one, so it finds such
    transactions invalid.

    Mostly the symbol or the decimals in \`enable_metadata_hash(…)\` are others than those that wallets use, which come from
    the chain's properties. \`polkadot-api/check-runtime\` reports the same problem as \`WRONG_OR_MISSING_METADATA_HASH\`.
  `),
  run({ result }) {
    if (result.kind !== 'read') return [];
    const { computed, found } = result.hashes;
    if (computed === undefined || found.length === 0 || found.includes(computed)) return [];
    const [only, other] = found;
    return [
      {
        message: `The metadata hash should be ${computed}, but the runtime contains ${other === undefined ? only : 'only others'}.`,
        hint: "Check the symbol and decimals: those of --token and of enable_metadata_hash must be those in the chain's properties.",
        data: { computed },
      },
    ];
  },
};
