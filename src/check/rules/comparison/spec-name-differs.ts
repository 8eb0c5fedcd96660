import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const specNameDiffers: Rule<'comparison'> = {
  id: 'spec-name-differs',
  about: 'comparison',
  severity: 'error',
  place: 'manifest',
  title: 'The spec_name differs from that of the baseline.',
  docs: paragraphs(`
    \`set_code\` accepts only code with the chain's own \`spec_name\`. Otherwise it ends in \`InvalidSpecName\`, and the
    upgrade does not happen (frame_system, \`can_set_code\`). Mostly the file is the runtime of another network: a test
    network and its main network often have one code base and two runtimes.

    This is an error when the baseline is the code on chain (\`--baseline-is chain\`), and a warning when it is an earlier
    build: then the growth figures compare two different runtimes.
  `),
  run({ baseline, current }) {
    const was = baseline.runtime.specName;
    const now = current.runtime.specName;
    if (was === undefined || now === undefined || was === now) return [];
    const data = { was, now };
    const names = `spec_name is ${now}, but that of the baseline is ${was}`;
    return [
      baseline.is === 'chain'
        ? {
            message: `${names}. The chain would refuse the upgrade with InvalidSpecName.`,
            hint: 'Check that this is the runtime of the right network.',
            data,
          }
        : {
            severity: 'warning',
            message: `${names}. These are two different runtimes.`,
            hint: 'Compare with a report of the same runtime.',
            data,
          },
    ];
  },
};
