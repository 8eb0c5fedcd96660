import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const runtimeApiGone: Rule<'comparison'> = {
  id: 'runtime-api-gone',
  about: 'comparison',
  severity: 'warning',
  place: 'none',
  title: 'A runtime API of the baseline is gone.',
  docs: paragraphs(`
    Nodes, wallets and indexers call runtime APIs by name. Those that use a missing one fail. For a few that is worse: without
    \`AuraApi\` or \`CollectCollationInfo\`, collators produce no blocks.

    The list comes from the custom section \`runtime_apis\` of both blobs. Restore the API in \`impl_runtime_apis!\`, or check
    that nothing uses it.
  `),
  run({ baseline, current }) {
    const older = baseline.runtime.runtimeApis;
    const newer = current.runtime.runtimeApis;
    if (older === undefined || newer === undefined) return [];
    const left = new Set(newer.map(({ id }) => id));
    const gone = older.filter(({ id }) => !left.has(id)).map(({ id, name }) => name ?? id);
    if (gone.length === 0) return [];
    return [
      {
        message: `${gone.length === 1 ? 'A runtime API is' : 'Runtime APIs are'} gone: ${gone.join(', ')}.`,
        hint: 'Check that no node, wallet or indexer uses it, or restore it in impl_runtime_apis!.',
        data: { gone: gone.join(', ') },
      },
    ];
  },
};
