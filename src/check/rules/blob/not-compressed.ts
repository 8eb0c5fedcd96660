import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { isDevelopmentBuild } from './development-build.ts';

export const notCompressed: Rule<'blob'> = {
  id: 'not-compressed',
  about: 'blob',
  severity: 'warning',
  place: 'build-script',
  title: 'The blob is not compressed.',
  docs: paragraphs(`
    A release build writes three files. Register the one that ends in \`.compact.compressed.wasm\`: it is four to five
    times smaller than the other two. Its code hash is different, because the code hash covers the bytes as stored.

    Pre-checking accepts an uncompressed blob, so nothing else warns you about the wrong file. Teams have registered it
    by mistake (chainflip-backend issue 2804, aleph-node PR 1406). If there is no compressed file, check how the blob
    was built: wasm-builder writes no compressed file for a debug build, nor for a compact file of more than 50 MiB
    (substrate-wasm-builder 35.0.0).
  `),
  run({ facts: { compression, functions }, runtime }) {
    // A development build never is, and has a finding of its own.
    if (isDevelopmentBuild(runtime)) return [];
    // A file without functions is not a module. It has a worse problem than its compression.
    if (compression.kind !== 'none' || functions === undefined) return [];
    return [
      {
        message: 'The blob is not compressed.',
        hint: 'Register the .compact.compressed.wasm of the release build instead: it is four to five times smaller. Its code hash is different.',
      },
    ];
  },
};
