import { paragraphs } from '../../../base/text.ts';
import { estimateError, isEstimate } from '../../../model/estimates.ts';
import type { Rule } from '../rule.ts';

export const nearEstimate: Rule<'limits'> = {
  id: 'near-estimate',
  about: 'limits',
  severity: 'information',
  place: 'none',
  title: 'A verdict or a warning is based on an estimate.',
  docs: paragraphs(`
    The built-in worker compiles in WebAssembly. It can't measure the CPU time and the memory that a native worker would
    need, so it estimates both (${estimateError}). This finding accompanies a verdict or a warning that is based on such
    an estimate. A native worker may decide differently.

    \`pvf workers build\` builds the official worker, which is used from then on. \`pvf workers build --engine\` takes less
    time: it builds a native helper with which the built-in worker measures.
  `),
  run({ items, stats, endedByEstimate }) {
    const isNear = items.some(({ id, level }) => level !== 'ok' && isEstimate(id, stats));
    if (!isNear && !endedByEstimate) return [];
    return [
      {
        message: `The built-in worker estimates the CPU time and memory that a native worker would need (${estimateError}); a native worker measures them.`,
        hint: '`pvf workers build` builds the official worker. `pvf workers build --engine` takes less time and builds a native helper for the built-in worker.',
      },
    ];
  },
};
