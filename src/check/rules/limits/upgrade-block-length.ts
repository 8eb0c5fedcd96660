import { paragraphs } from '../../../base/text.ts';
import { formatBytes } from '../../../base/units.ts';
import type { Rule } from '../rule.ts';

/** What a relay block has besides the candidate with the new code: other candidates, bitfields, disputes. */
const MARGIN = 256 * 1024;

/** Upgrades above half of the block length were never enacted (polkadot-sdk issue 9436). */
const CROWDED = 0.5;

export const upgradeBlockLength: Rule<'limits'> = {
  id: 'upgrade-block-length',
  about: 'limits',
  severity: 'warning',
  place: 'manifest',
  title: 'The new code may not fit into a block of the relay chain.',
  docs: paragraphs(`
    A parachain announces its new code to the relay chain inside a candidate, as a whole. Backed candidates must fit into the
    length of a relay block, and the relay chain's \`paras\` inherent leaves out those that do not. A code that is as large as the
    block never gets in, although \`max_code_size\` allows it (polkadot-sdk issues 9436 and 12969; polkadot issue 7108).

    A code that takes more than half of a block is a note: candidates of other parachains share the rest, so the announcement
    may wait, and older relay runtimes left it out (polkadot-sdk issue 9436: from about 2.5 MB on). The rule needs a profile with
    \`blockLength\`: 5 MiB on most relay chains, 10 MiB where they have polkadot-sdk PR 11893 or fellowship PR 1157.

    Compress better (substrate-wasm-builder 35 and newer), and leave out what production does not need.
  `),
  run({ upgrade }) {
    if (upgrade?.blockLength === undefined) return [];
    const { newBytes, blockLength } = upgrade;
    const data = { newBytes, blockLength };
    const figures = `${formatBytes(newBytes)} of ${formatBytes(blockLength)}`;
    if (newBytes + MARGIN > blockLength) {
      return [
        {
          message: `The new code does not fit into a block of the relay chain, or leaves no room in it: ${figures}.`,
          hint: 'The relay chain leaves out the candidate that announces the code, so the upgrade never starts (polkadot-sdk issue 12969). Make the code smaller.',
          data,
        },
      ];
    }
    if (newBytes <= blockLength * CROWDED) return [];
    return [
      {
        severity: 'information',
        message: `The new code takes more than half of a block of the relay chain: ${figures}.`,
        hint: 'Candidates of other parachains share the block, so the announcement may wait; older relay runtimes never took it (polkadot-sdk issue 9436).',
        data,
      },
    ];
  },
};
