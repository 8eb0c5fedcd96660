import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const noMetadataHashExtension: Rule<'metadata'> = {
  id: 'no-metadata-hash-extension',
  about: 'metadata',
  severity: 'warning',
  place: 'manifest',
  title: 'Transactions lack the extension CheckMetadataHash.',
  docs: paragraphs(`
    With \`CheckMetadataHash\` a transaction commits to the metadata that the signer saw (RFC 78). The generic Polkadot app
    of Ledger devices and other offline signers show a transaction in words only with it. Without it, users of such
    devices can't use the chain, or need an app of its own.

    Add \`frame_metadata_hash_extension::CheckMetadataHash<Runtime>\` as the last transaction extension, raise
    \`transaction_version\`, and call \`enable_metadata_hash\` of substrate-wasm-builder in the build script.
    \`polkadot-api/check-runtime\` reports the same problem as \`MISSING_CHECK_METADATA_HASH_EXTENSION\`.
  `),
  run({ result }) {
    if (result.kind !== 'read') return [];
    const { extensions } = result.metadata;
    // Without extensions, nobody signs transactions.
    if (extensions.length === 0 || extensions.some(({ identifier }) => identifier === 'CheckMetadataHash')) return [];
    return [
      {
        message: "Transactions lack the extension CheckMetadataHash, so that Ledger's generic app can't sign them.",
        hint: 'Add frame_metadata_hash_extension::CheckMetadataHash, raise transaction_version, and call enable_metadata_hash in the build script.',
      },
    ];
  },
};
