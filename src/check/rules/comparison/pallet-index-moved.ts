import { paragraphs } from '../../../base/text.ts';
import { changeList } from '../../../model/metadata-change-text.ts';
import type { Rule } from '../rule.ts';

const SHOWN = 5;

export const palletIndexMoved: Rule<'comparison'> = {
  id: 'pallet-index-moved',
  about: 'comparison',
  severity: 'warning',
  place: 'none',
  title: 'A pallet has another index.',
  docs: paragraphs(`
    The index of a pallet is the first byte of each of its calls, events and errors. With another index, signed transactions,
    calls that other chains send by XCM, scheduled and proposed calls in the state, and holds and freezes mean another
    pallet. Indexers decode old blocks wrongly.

    Give each pallet its index in \`construct_runtime!\` (\`Balances: pallet_balances = 10\`), and never change it.
  `),
  run({ metadataChanges = [] }) {
    const moved = metadataChanges.filter(({ kind, subject }) => kind === 'moved' && subject === 'pallet');
    if (moved.length === 0) return [];
    return [
      {
        message: `${moved.length === 1 ? 'A pallet has' : `${moved.length} pallets have`} another index: ${changeList(moved, SHOWN)}.`,
        hint: 'Give the pallets their old indices back, with explicit numbers in construct_runtime!.',
        data: { pallets: moved.length },
      },
    ];
  },
};
