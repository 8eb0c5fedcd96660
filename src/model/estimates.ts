import { isEstimated, type LimitId, limitOf, type Sources } from './measures.ts';

/** The error of the built-in worker's estimates (`src/portable/estimate.ts`). */
export const estimateErrorShare = 0.15;

export const estimateError = `±${estimateErrorShare * 100} %`;

/** Whether the figure of this limit is an estimate. */
export function isEstimate(id: LimitId, sources: Sources | undefined): boolean {
  return isEstimated(limitOf(id).measure, sources);
}
