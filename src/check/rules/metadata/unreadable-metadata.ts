import { paragraphs } from '../../../base/text.ts';
import { metadataProblem } from '../../../model/metadata-problem.ts';
import type { Rule } from '../rule.ts';

export const unreadableMetadata: Rule<'metadata'> = {
  id: 'unreadable-metadata',
  about: 'metadata',
  severity: 'warning',
  place: 'none',
  title: "The runtime's metadata can't be read.",
  docs: paragraphs(`
    The runtime was run in an interpreter to get its metadata, and did not return any. Wallets, explorers and scripts read
    the metadata the same way, through the runtime API \`Metadata\`. Without it they can neither make transactions nor read
    the state.

    The interpreter gives the runtime no state, 60 seconds, and 512 MiB of memory. A constant that needs the state of the
    chain can fail for that reason alone. Otherwise, run the runtime in a node and call \`state_getMetadata\`.
  `),
  run({ result }) {
    // Other findings explain a file that is no module, and versions below 14.
    if (result.kind === 'no-module' || result.kind === 'ancient') return [];
    const message = metadataProblem(result);
    if (message === undefined) return [];
    return [{ message, hint: 'Call state_getMetadata on a node that runs this runtime.' }];
  },
};
