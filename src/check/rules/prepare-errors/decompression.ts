/** `CouldNotDecompressCodeBlob` */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

export const decompressionRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'compression-bomb',
    place: 'construct-runtime',
    title: 'The code is larger after decompression than the bomb limit.',
    docs: paragraphs(`
      The worker stopped decompressing at the bomb limit, which relay chains set to ten times \`max_code_size\` (runtime
      API \`validation_code_bomb_limit\`, polkadot-sdk PR 7760). Older nodes had a constant, which a live parachain ran
      into: validators backed none of its blocks (polkadot-sdk issue 7664).

      Make the code smaller: feature \`on-chain-release-build\`, fewer pallets, no genesis presets (tanssi PR 1149: 0.9 MB
      of raw code). If the profile's limit is not that of the relay chain, check against one that has it.
    `),
    when: { CouldNotDecompressCodeBlob: /Possible compression bomb/ },
    hint: "The code is larger after decompression than the relay chain's bomb limit allows. Make it smaller (on-chain-release-build, fewer pallets, no genesis presets), or check against a profile with the relay chain's true limit.",
  }),
  prepareErrorHint({
    id: 'damaged-compression',
    place: 'manifest',
    title: 'The compressed data is damaged.',
    docs: paragraphs(`
      The blob starts as a compressed blob does, but the zstd stream behind is damaged or cut short ("Blob had invalid
      format").

      Build the runtime again. If the file was downloaded or copied, do that again, and compare the code hash.
    `),
    when: { CouldNotDecompressCodeBlob: anyText },
    hint: 'The compressed data is damaged or cut short. Build the runtime again, or copy the file again.',
  }),
];
