import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

/** Without these, wallets and libraries can't send transactions. */
const needed = ['Core', 'Metadata', 'AccountNonceApi', 'TaggedTransactionQueue', 'TransactionPaymentApi'];

export const missingRuntimeApis: Rule<'metadata'> = {
  id: 'missing-runtime-apis',
  about: 'metadata',
  severity: 'warning',
  place: 'none',
  title: 'The metadata lacks runtime APIs that tools need.',
  docs: paragraphs(`
    Wallets and libraries read the next nonce (\`AccountNonceApi\`), fees (\`TransactionPaymentApi\`) and the validity of a
    transaction (\`TaggedTransactionQueue\`) through runtime APIs, and find these in the metadata (version 15 and later).

    When all are missing although the runtime implements them, \`impl_runtime_apis!\` mostly stands in another file than the
    rest of the runtime (frequency PR 2204), or the Polkadot SDK is one that lost them (polkadot-sdk PR 6665; polkadot-api
    issue 1164). A runtime without transactions needs only \`Core\` and \`Metadata\`. \`polkadot-api/check-runtime\` reports an empty list as \`MISSING_RUNTIME_APIS\`.
  `),
  run({ result }) {
    if (result.kind !== 'read' || result.metadata.version < 15) return [];
    const { apis, extensions } = result.metadata;
    const has = (api: string) => apis.some(({ name }) => name === api);
    // Without extensions, nobody signs transactions.
    const missing = needed.filter(
      (api) => !has(api) && (extensions.length > 0 || api === 'Core' || api === 'Metadata'),
    );
    if (missing.length === 0) return [];
    return [
      {
        message:
          apis.length === 0
            ? 'The metadata describes no runtime APIs.'
            : `The metadata lacks runtime APIs that wallets and libraries need: ${missing.join(', ')}.`,
        hint: 'Implement them in impl_runtime_apis!. If they are there already, put impl_runtime_apis! into the file of construct_runtime!.',
        data: { missing: missing.join(', ') },
      },
    ];
  },
};
