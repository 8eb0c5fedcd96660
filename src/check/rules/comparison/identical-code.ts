import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const identicalCode: Rule<'comparison'> = {
  id: 'identical-code',
  about: 'comparison',
  severity: 'error',
  place: 'none',
  title: 'The blob is identical to the baseline.',
  docs: paragraphs(`
    Both blobs have the same code hash. The relay chain rejects an upgrade to the code that a parachain already has. It
    sends the parachain no abort signal, so the upgrade never completes and the parachain may stall (cumulus issue 863).

    This is an error when the baseline is the code on chain (\`--baseline-is chain\`), and a note when it is an earlier
    build. If the blob is meant to be an upgrade, check that it comes from the new build and that its \`spec_version\` was
    raised.
  `),
  run({ baseline, current }) {
    if (baseline.runtime.codeHash !== current.runtime.codeHash) return [];
    if (baseline.is === 'chain') {
      return [
        {
          message: 'The blob is identical to the code on chain, byte for byte. An upgrade to it never completes.',
          hint: 'The relay chain rejects the same code, and the parachain may stall (cumulus issue 863). Check that this file is the new build.',
        },
      ];
    }
    return [
      {
        severity: 'information',
        message: 'The blob is identical to the baseline, byte for byte.',
        hint: 'The relay chain rejects an upgrade to the same code, and the parachain may stall (cumulus issue 863).',
      },
    ];
  },
};
