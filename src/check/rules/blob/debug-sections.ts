import { paragraphs } from '../../../base/text.ts';
import { formatBytes } from '../../../base/units.ts';
import type { Rule } from '../rule.ts';

export const debugSections: Rule<'blob'> = {
  id: 'debug-sections',
  about: 'blob',
  severity: 'warning',
  place: 'manifest',
  title: 'The blob contains debug information.',
  docs: paragraphs(`
    Custom sections \`.debug_*\` hold DWARF debug information. wasm-builder removes them from the compact and compressed
    files. Here they are left, so they count towards the code size and towards the limit after decompression, and nothing
    on chain reads them. The name section is different: it makes stack traces readable, and real runtimes keep it.

    Register the \`.compact.compressed.wasm\`, or build without debug information (\`CARGO_PROFILE_RELEASE_DEBUG=false\`).
  `),
  run({ facts: { sections = [] } }) {
    const debug = sections.filter(({ name }) => name.startsWith('.debug_'));
    if (debug.length === 0) return [];
    const bytes = debug.reduce((total, section) => total + section.bytes, 0);
    return [
      {
        message: `The blob contains ${formatBytes(bytes)} of debug information (.debug_* sections).`,
        hint: 'wasm-builder removes it from the .compact.compressed.wasm: register that file, or build without debug information.',
        data: { bytes },
      },
    ];
  },
};
