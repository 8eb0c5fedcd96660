import { paragraphs } from '../../../base/text.ts';
import { formatBytes } from '../../../base/units.ts';
import type { Rule } from '../rule.ts';

/** What a block has in its proof besides the codes: 150 to 260 kB on a chain without transactions (polkadot issue 4864). */
const MARGIN = 256 * 1024;

export const upgradeProofSize: Rule<'limits'> = {
  id: 'upgrade-proof-size',
  about: 'limits',
  severity: 'warning',
  place: 'manifest',
  title: 'The block of the upgrade may have a proof that is too large.',
  docs: paragraphs(`
    When a parachain switches to a new code, the proof of that block holds the old and the new code (polkadot-sdk issue 967).
    Collators and validators refuse a block whose proof is larger than \`max_pov_size\`: "PoV exceeded maximum size"
    (polkadot-sdk issue 7702). The vote of pre-checking does not look at it, so validators accept a code that the parachain
    can not switch to.

    The sum is that of both codes as stored, and ${formatBytes(MARGIN)} for the rest of the block. With \`--baseline\` and
    \`--baseline-is chain\` the size of the old code is that of the baseline; without, it is taken as that of the new one. The rule
    needs a profile with \`maxPovSize\`: relay chains raised it from 5 to 10 MiB in 2025 (polkadot-sdk PR 5884).

    Compress better (substrate-wasm-builder 35 and newer), and leave out what production does not need.
  `),
  run({ upgrade }) {
    if (upgrade?.maxPovSize === undefined) return [];
    const { newBytes, oldBytes, maxPovSize } = upgrade;
    const codes = (oldBytes ?? newBytes) + newBytes;
    if (codes + MARGIN <= maxPovSize) return [];
    const relation = codes > maxPovSize ? 'Together they exceed' : 'Together they leave no room for the block in';
    const old = oldBytes === undefined ? 'an old code of the same size' : `the old one of ${formatBytes(oldBytes)}`;
    return [
      {
        message: `The proof of the upgrade's block has the new code of ${formatBytes(newBytes)} and ${old}. ${relation} max_pov_size: ${formatBytes(codes)} of ${formatBytes(maxPovSize)}.`,
        hint: 'Validators refuse that block, although they accepted the code (polkadot-sdk issue 7702). Make the code smaller; `--baseline <blob> --baseline-is chain` gives the true size of the old one.',
        data: { newBytes, oldBytes: oldBytes ?? newBytes, maxPovSize },
      },
    ];
  },
};
