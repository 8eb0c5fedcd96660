import { isEstimated, type LimitId, limitOf, type Sources } from './measures.ts';

/** By how much an estimate of the built-in worker may be wrong (`src/portable/estimate.ts`). */
export const estimateError = '±15 %';

/** Is the figure that is held against this limit an estimate? */
export function isEstimate(id: LimitId, sources: Sources | undefined): boolean {
  return isEstimated(limitOf(id).measure, sources);
}
