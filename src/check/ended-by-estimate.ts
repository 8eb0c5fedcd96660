import type { Figures } from '../model/workers.ts';
import type { Outcome } from '../worker/host/outcome.ts';

/** Did an estimate end the job, held against the limit of time or memory? The clock on the wall is no estimate. */
export function wasEndedByEstimate(outcome: Outcome, figures: Figures): boolean {
  if (figures === 'measured') return false;
  return outcome.kind === 'out-of-memory' || (outcome.kind === 'timed-out' && outcome.clock !== 'wall');
}
