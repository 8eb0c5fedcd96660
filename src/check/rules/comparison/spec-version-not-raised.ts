import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const specVersionNotRaised: Rule<'comparison'> = {
  id: 'spec-version-not-raised',
  about: 'comparison',
  severity: 'error',
  place: 'manifest',
  title: 'The spec_version is not above that of the baseline.',
  docs: paragraphs(`
    \`set_code\` accepts new code only with a higher \`spec_version\` than the chain's. Otherwise it ends in
    \`SpecVersionNeedsToIncrease\`, and the upgrade does not happen (frame_system, \`can_set_code\`).

    This is an error when the baseline is the code on chain (\`--baseline-is chain\`), and a note when it is an earlier
    build. \`authorize_upgrade_without_checks\` skips the check. Raise \`spec_version\` in the \`VERSION\` constant.
  `),
  run({ baseline, current }) {
    const was = baseline.runtime.specVersion;
    const now = current.runtime.specVersion;
    if (was === undefined || now === undefined || now > was) return [];
    const isOnChain = baseline.is === 'chain';
    // A build of the same code has the same version, and that is fine.
    if (!isOnChain && baseline.runtime.codeHash === current.runtime.codeHash) return [];
    const versions = now === was ? `spec_version is still ${now}` : `spec_version went down from ${was} to ${now}`;
    if (isOnChain) {
      return [
        {
          message: `${versions}. The chain would refuse the upgrade with SpecVersionNeedsToIncrease.`,
          hint: `Raise spec_version above ${was} in the VERSION constant of the runtime.`,
          data: { was, now },
        },
      ];
    }
    return [
      {
        severity: 'information',
        message: `${versions}.`,
        hint: 'Raise it before the release: the chain takes only a higher spec_version. With --baseline-is chain this is an error.',
        data: { was, now },
      },
    ];
  },
};
