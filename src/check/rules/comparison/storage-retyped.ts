import { paragraphs } from '../../../base/text.ts';
import { changeList } from '../../../model/metadata-change-text.ts';
import type { Rule } from '../rule.ts';

const SHOWN = 3;

export const storageRetyped: Rule<'comparison'> = {
  id: 'storage-retyped',
  about: 'comparison',
  severity: 'warning',
  place: 'none',
  title: 'Storage needs a migration.',
  docs: paragraphs(`
    The hashers, the key type or the value type of a storage item changed, or a pallet with storage has another name. What
    the chain has stored is then not found, or does not decode. Reading it gives an error, a default value or a wrong value.

    Write a migration that translates the old values, put it into the migrations of \`frame_executive::Executive\`, and run
    it against a copy of the state with \`try-runtime\`. Ignore this when the migration is there already: the metadata does
    not show it. An enum that only gained variants needs none, and is not reported.
  `),
  run({ metadataChanges = [] }) {
    const needy = metadataChanges.filter((change) => change.class === 'needs-migration');
    if (needy.length === 0) return [];
    return [
      {
        message: `Stored values no longer decode, or are no longer found: ${changeList(needy, SHOWN)}.`,
        hint: 'Check that the runtime has a migration for each, and run it with try-runtime against the state of the chain.',
        data: { changes: needy.length },
      },
    ];
  },
};
