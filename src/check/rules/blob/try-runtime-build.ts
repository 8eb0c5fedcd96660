import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const tryRuntimeBuild: Rule<'blob'> = {
  id: 'try-runtime-build',
  about: 'blob',
  severity: 'warning',
  place: 'manifest',
  title: 'The runtime was built with try-runtime.',
  docs: paragraphs(`
    The module has the runtime API \`TryRuntime\`. The feature \`try-runtime\` adds checks of the state and of migrations,
    and code that a chain must never run. It makes the blob larger, and its code hash differs from that of the release.

    Build the release without \`--features try-runtime\`, and keep the other build for \`try-runtime-cli\`.
  `),
  run({ facts: { exports = [], runtimeApis } }) {
    // The section shows it where a tool renamed or removed the exports.
    if (
      !runtimeApis?.some(({ name }) => name === 'TryRuntime') &&
      !exports.some(({ name }) => name.startsWith('TryRuntime_'))
    )
      return [];
    return [
      {
        message: 'The runtime has the runtime API TryRuntime, so it was built with try-runtime.',
        hint: 'Register a build without the feature try-runtime. Use this one with try-runtime-cli only.',
      },
    ];
  },
};
