import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const transactionVersionLowered: Rule<'comparison'> = {
  id: 'transaction-version-lowered',
  about: 'comparison',
  severity: 'warning',
  place: 'manifest',
  title: 'The transaction_version is below that of the baseline.',
  docs: paragraphs(`
    \`transaction_version\` is part of what a transaction signs. Wallets and hardware signers use it to tell whether they
    know the calls of the runtime. It may stay the same, or rise when a call changes; it never goes down. A lower value
    shows a build of old sources, or of another network.

    Check that the blob comes from the right branch. Restore \`transaction_version\` in the \`VERSION\` constant.
  `),
  run({ baseline, current }) {
    const was = baseline.runtime.transactionVersion;
    const now = current.runtime.transactionVersion;
    if (was === undefined || now === undefined || now >= was) return [];
    return [
      {
        message: `transaction_version went down from ${was} to ${now}.`,
        hint: 'Check that the blob is a build of the right branch and network.',
        data: { was, now },
      },
    ];
  },
};
