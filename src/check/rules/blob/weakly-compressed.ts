import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

/** zstd level 3 has a window of 2^21 bytes, level 22 one of 2^27. */
const weakWindowLog = 21;

export const weaklyCompressed: Rule<'blob'> = {
  id: 'weakly-compressed',
  about: 'blob',
  severity: 'information',
  place: 'build-script',
  title: 'The blob is compressed with a weak zstd level.',
  docs: paragraphs(`
    Up to version 30, substrate-wasm-builder compressed with zstd level 3. Since version 35 it uses level 22
    (polkadot-sdk PR 9875). The zstd frame header shows which level was used: level 3 has a window of 2^21 bytes, level
    22 a window of 2^27 bytes.

    The stronger level saves 20 to 25 % of the stored size: 24.7 % for Hydration (hydration-node PR 1420), 25 % for
    Kusama Asset Hub. Update substrate-wasm-builder and build again. The code hash changes with the compression.
  `),
  run({ facts: { compression } }) {
    if (compression.windowLog !== weakWindowLog) return [];
    return [
      {
        message: 'The blob is compressed with the weak zstd level of older wasm-builder versions.',
        hint: 'wasm-builder 35 or newer uses level 22, which saves 20 to 25 % of the stored size (polkadot-sdk PR 9875).',
      },
    ];
  },
};
