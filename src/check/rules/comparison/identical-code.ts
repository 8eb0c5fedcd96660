import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const identicalCode: Rule<'comparison'> = {
  id: 'identical-code',
  about: 'comparison',
  severity: 'information',
  place: 'none',
  title: 'The blob is identical to the baseline.',
  docs: paragraphs(`
    Both blobs have the same code hash. The relay chain rejects an upgrade to the code that a parachain already has. It
    sends the parachain no abort signal, so the parachain may stall (cumulus issue 863).

    If the blob is meant to be an upgrade, check that it comes from the new build and that its \`spec_version\` was raised.
  `),
  run({ baseline, current }) {
    if (baseline.runtime.codeHash !== current.runtime.codeHash) return [];
    return [
      {
        message: 'The blob is identical to the baseline, byte for byte.',
        hint: 'The relay chain rejects an upgrade to the same code, and the parachain may stall (cumulus issue 863).',
      },
    ];
  },
};
