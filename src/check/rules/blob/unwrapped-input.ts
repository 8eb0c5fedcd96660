import { paragraphs } from '../../../base/text.ts';
import { wrappings } from '../../../model/wrapping.ts';
import type { Rule } from '../rule.ts';

export const unwrappedInput: Rule<'blob'> = {
  id: 'unwrapped-input',
  about: 'blob',
  severity: 'information',
  place: 'none',
  title: 'The runtime was taken out of another format.',
  docs: paragraphs(`
    The file is not the runtime blob itself, but contains it: compressed with gzip, as quoted or wrapped hex, as UTF-16
    text of PowerShell, in the answer of a node, behind its SCALE length, and the like. There is no doubt about the blob
    in it, so the report describes that blob: its size and its code hash are those of the blob alone.

    A chain unwraps nothing. Register the blob, not the file that was read.
  `),
  run({ runtime: { unwrapped } }) {
    if (unwrapped === undefined) return [];
    const all = unwrapped.map((wrapping) => wrappings[wrapping]).join(', then out of ');
    return [
      {
        message: `The runtime was taken out of ${all}; a chain would not do that.`,
        hint: 'Sizes and code hash are those of the blob inside. Register that blob, not this file.',
        data: { unwrapped: unwrapped.join(', ') },
      },
    ];
  },
};
