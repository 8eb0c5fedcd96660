import type { LimitId, Stats } from './report.ts';

/** By how much an estimate of the built-in worker may be wrong (`src/portable/estimate.ts`). */
export const estimateError = '±15 %';

/** How time and memory of a report were come by. */
export type FigureKinds = Pick<Stats, 'cpuTimeIs' | 'memoryIs'>;

/** Is what is held against this limit an estimate? */
export function isEstimate(id: LimitId, stats: FigureKinds | undefined): boolean {
  switch (id) {
    case 'cpu-time':
    case 'cpu-time-budget':
      return stats?.cpuTimeIs === 'estimated';
    case 'memory':
    case 'memory-budget':
      return stats?.memoryIs === 'estimated';
    case 'code-size':
    case 'raw-code-size':
    case 'stored-bytes-budget':
    case 'raw-bytes-budget':
    case 'artifact-bytes-budget':
      return false;
  }
}
