import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const noRuntimeVersion: Rule<'blob'> = {
  id: 'no-runtime-version',
  about: 'blob',
  severity: 'error',
  place: 'build-script',
  title: 'The blob has no readable runtime_version section.',
  docs: paragraphs(`
    The chain reads \`spec_name\` and \`spec_version\` of new code before it takes it. Inside \`validate_block\`, and on a
    collator, the version comes from the custom section \`runtime_version\` alone (polkadot-node-core-pvf-common 29.0.0,
    executor_interface.rs). Without the section, \`set_code\` ends in \`FailedToExtractRuntimeVersion\`, and the upgrade
    does not happen (substrate issue 14223).

    Put \`#[sp_version::runtime_version]\` on the \`VERSION\` constant of the runtime, and remove
    \`disable_runtime_version_section_check()\` from the build script. Do not strip custom sections afterwards. Runtimes
    before mid-2021 did not have the section.
  `),
  run({ facts: { functions, runtimeVersion, problem } }) {
    // A file without functions is not a module. A damaged module may have lost the section.
    if (functions === undefined || runtimeVersion !== undefined || problem?.kind === 'damaged-module') return [];
    const isDamaged = problem?.kind === 'damaged-runtime-version';
    return [
      {
        message: isDamaged
          ? 'The custom section runtime_version is damaged. The chain would refuse the upgrade with FailedToExtractRuntimeVersion.'
          : 'The custom section runtime_version is missing. The chain would refuse the upgrade with FailedToExtractRuntimeVersion.',
        hint: 'Put #[sp_version::runtime_version] on the VERSION constant of the runtime, and do not strip custom sections.',
      },
    ];
  },
};
