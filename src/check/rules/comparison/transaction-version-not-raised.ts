import { paragraphs } from '../../../base/text.ts';
import { changeList } from '../../../model/metadata-change-text.ts';
import type { Rule } from '../rule.ts';

const SHOWN = 3;

export const transactionVersionNotRaised: Rule<'comparison'> = {
  id: 'transaction-version-not-raised',
  about: 'comparison',
  severity: 'warning',
  place: 'manifest',
  title: 'Calls changed, but the transaction_version did not rise.',
  docs: paragraphs(`
    \`transaction_version\` must rise when a signed transaction would mean something else: a pallet or call with another
    index, a call that is gone, an argument added, removed, retyped or reordered, another list of transaction extensions.
    Wallets and hardware signers trust a version that they know. With the old number they sign bytes that the runtime decodes
    as another call, or not at all.

    Raise \`transaction_version\` in the \`VERSION\` constant, or give the old indices and types back. A pallet, call, event
    or storage item that was only added needs nothing. The metadata of both runtimes is needed (\`--metadata\`).
  `),
  run({ baseline, current, metadataChanges = [] }) {
    const was = baseline.runtime.transactionVersion;
    const now = current.runtime.transactionVersion;
    if (was === undefined || now === undefined || now > was) return [];
    const reasons = metadataChanges.filter((change) => change.class === 'needs-transaction-version');
    if (reasons.length === 0) return [];
    return [
      {
        message: `transaction_version is ${now === was ? `still ${now}` : `${now}, it was ${was}`}, but calls changed: ${changeList(reasons, SHOWN)}.`,
        hint: `Raise transaction_version above ${was}, or give the old indices and types back.`,
        data: { was, now, changes: reasons.length },
      },
    ];
  },
};
