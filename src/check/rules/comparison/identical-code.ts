import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const identicalCode: Rule<'comparison'> = {
  id: 'identical-code',
  about: 'comparison',
  severity: 'information',
  place: 'none',
  title: 'The blob is the same as that of the baseline.',
  docs: paragraphs(`
    Both blobs have the same code hash. The relay chain refuses an upgrade to the code that a parachain already has, and
    sends it no signal to abort, so the parachain may stall (cumulus issue 863).

    If the blob is meant to be an upgrade, check that it comes from the new build and that its \`spec_version\` was raised.
  `),
  run({ baseline, current }) {
    if (baseline.runtime.codeHash !== current.runtime.codeHash) return [];
    return [
      {
        message: 'The blob is the same as that of the baseline, byte for byte.',
        hint: 'An upgrade to the same code is refused by the relay chain, and may stall the parachain (cumulus issue 863).',
      },
    ];
  },
};
