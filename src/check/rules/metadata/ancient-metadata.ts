import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const ancientMetadata: Rule<'metadata'> = {
  id: 'ancient-metadata',
  about: 'metadata',
  severity: 'warning',
  place: 'manifest',
  title: 'The metadata is older than version 14.',
  docs: paragraphs(`
    Metadata below version 14 does not describe its types. Today's wallets and libraries need type definitions from the
    team, or do not support the chain at all. Runtimes before about September 2021 have such metadata.

    Build the runtime with a current release of the Polkadot SDK. \`polkadot-api/check-runtime\` reports the same problem as
    \`ANCIENT_METADATA\`.
  `),
  run({ result }) {
    if (result.kind !== 'ancient') return [];
    return [
      {
        message: `The metadata has version ${result.version}. Today's wallets and libraries need version 14 or later.`,
        hint: 'Build the runtime with a current release of the Polkadot SDK.',
        data: { version: result.version },
      },
    ];
  },
};
