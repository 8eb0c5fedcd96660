import type { FigureErrors } from './change.ts';
import {
  isEstimated,
  type LimitId,
  limitOf,
  type Measure,
  type Measured,
  type MeasureKind,
  type Sources,
} from './measures.ts';

/** The error of the built-in worker's estimates (`src/portable/estimate.ts`). */
export const estimateErrorShare = 0.15;

export const estimateError = `±${estimateErrorShare * 100} %`;

/**
 * How far two figures of the same code may be apart, as a share. Estimated memory: at most 3.5 % off in 25 runtimes. Measured
 * CPU time: Polkadot's worker of node 1.25.1 needed 4.7 to 5.7 s for one runtime in 8 runs on a busy machine. Its memory was
 * the same to the byte in each run; that of the native helper differed by 0.6 %, because its threads take turns.
 */
export const figureErrors: Readonly<Record<MeasureKind, FigureErrors>> = {
  time: { estimated: estimateErrorShare, measured: 0.15 },
  memory: { estimated: 0.035, measured: 0.01 },
  size: { estimated: 0, measured: 0 },
};

/** A smaller change of this figure says nothing about the code. A share: 0.1 for 10 %. */
export function errorShare(measure: Measure, { stats }: Measured): number {
  const { estimated, measured } = figureErrors[measure.kind];
  return isEstimated(measure, stats) ? estimated : measured;
}

/** Whether the figure of this limit is an estimate. */
export function isEstimate(id: LimitId, sources: Sources | undefined): boolean {
  return isEstimated(limitOf(id).measure, sources);
}
