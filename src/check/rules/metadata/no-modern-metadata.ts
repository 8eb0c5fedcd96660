import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const noModernMetadata: Rule<'metadata'> = {
  id: 'no-modern-metadata',
  about: 'metadata',
  severity: 'warning',
  place: 'manifest',
  title: 'The runtime offers no metadata after version 14.',
  docs: paragraphs(`
    Metadata version 15 added the runtime APIs and the types of transactions. Libraries such as polkadot-api call runtime
    APIs by it, and the metadata hash for hardware wallets (RFC 78) is computed from it. Runtimes built with the Polkadot SDK
    from mid-2023 on offer it.

    Implement the whole trait \`sp_api::Metadata\`: \`metadata_at_version\` and \`metadata_versions\` too.
    \`polkadot-api/check-runtime\` reports the same problem as \`MISSING_MODERN_METADATA\`.
  `),
  run({ result }) {
    if (result.kind !== 'read' || result.metadata.version > 14) return [];
    return [
      {
        message:
          'The runtime offers metadata version 14 only. It lacks the runtime APIs, which libraries of today use.',
        hint: 'Implement metadata_at_version and metadata_versions of sp_api::Metadata, with a current Polkadot SDK.',
      },
    ];
  },
};
