import { estimateErrorShare } from './change.ts';
import { isEstimated, type LimitId, limitOf, type Sources } from './measures.ts';

export const estimateError = `±${estimateErrorShare * 100} %`;

/** Whether the figure of this limit is an estimate. */
export function isEstimate(id: LimitId, sources: Sources | undefined): boolean {
  return isEstimated(limitOf(id).measure, sources);
}
