/** `CouldNotDecompressCodeBlob` */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

export const decompressionRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'compression-bomb',
    place: 'construct-runtime',
    title: 'The decompressed code is larger than the bomb limit.',
    docs: paragraphs(`
      The worker stopped decompressing at the bomb limit, which relay chains set to ten times \`max_code_size\` (runtime
      API \`validation_code_bomb_limit\`, polkadot-sdk PR 7760). Older nodes had a constant limit, which a live parachain
      exceeded: validators backed none of its blocks (polkadot-sdk issue 7664).

      Make the code smaller: feature \`on-chain-release-build\`, fewer pallets, no genesis presets (tanssi PR 1149: 0.9 MB
      of raw code). If the profile does not have the relay chain's limit, use a profile that does.
    `),
    when: { CouldNotDecompressCodeBlob: /Possible compression bomb/ },
    message: "Validators would reject it: the decompressed code is larger than the relay chain's bomb limit.",
    hint: "Make the code smaller (on-chain-release-build, fewer pallets, no genesis presets), or use a profile with the relay chain's actual limit.",
  }),
  prepareErrorHint({
    id: 'damaged-compression',
    place: 'none',
    title: 'The compressed data is damaged.',
    docs: paragraphs(`
      The blob starts like a compressed blob, but its zstd stream is damaged or truncated ("Blob had invalid format").

      Build the runtime again. If you downloaded or copied the file, do that again and compare the code hash.
    `),
    when: { CouldNotDecompressCodeBlob: anyText },
    message: 'Validators would reject it: its compressed data is damaged or truncated.',
    hint: 'Build the runtime again, or copy the file again and compare the code hash.',
  }),
];
