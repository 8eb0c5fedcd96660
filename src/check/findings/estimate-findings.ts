import { estimateError, isEstimate } from '../../model/estimates.ts';
import type { Finding, LimitItem, Stats } from '../../model/report.ts';
import type { Outcome } from '../../worker/host/outcome.ts';
import type { Figures } from '../../worker/probe/examined-worker.ts';
import { wasEndedByEstimate } from '../ended-by-estimate.ts';

/** Says so where the verdict, or a warning, rests on an estimate. */
export function estimateFindings(
  outcome: Outcome,
  items: readonly LimitItem[],
  stats: Stats | undefined,
  figures: Figures,
): Finding[] {
  const isNear = items.some(({ id, level }) => level !== 'ok' && isEstimate(id, stats));
  if (!isNear && !wasEndedByEstimate(outcome, figures)) return [];
  return [
    {
      id: 'near-estimate',
      severity: 'information',
      message: `The built-in worker estimates the CPU time and memory that a native worker would need (${estimateError}); a native worker tells exactly.`,
      hint: '`pvf workers build` builds the official worker, which is then used; `pvf workers build --engine`, in less time, a native helper for the built-in one.',
    },
  ];
}
