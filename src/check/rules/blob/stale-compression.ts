import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const staleCompression: Rule<'blob'> = {
  id: 'stale-compression',
  about: 'blob',
  severity: 'warning',
  place: 'none',
  title: 'The compressed file is not the compact file next to it.',
  docs: paragraphs(`
    The build (wasm-builder) makes \`x.compact.compressed.wasm\` of \`x.compact.wasm\` in the same folder. Here the compressed file holds
    other code than the compact file, and the compact file is the newer one. So the compressed file belongs to an earlier
    build: who registers it, registers old code.

    This happens when wasm-builder could not write the compressed file (more than 50 MiB), when a build was interrupted, or
    when the files were copied by hand. Delete both files and build again.
  `),
  run({ newerCompact }) {
    if (newerCompact === undefined) return [];
    return [
      {
        message: `The compressed file is of an earlier build: ${newerCompact} next to it is newer and holds other code.`,
        hint: 'Delete both files and build again, so that the compressed file is made of the compact one.',
      },
    ];
  },
};
