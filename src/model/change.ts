/** How two values differ. Imports nothing, so that the charts in a browser can use it. */

/** The error of the built-in worker's estimates (`src/portable/estimate.ts`). */
export const estimateErrorShare = 0.15;

/** The share of growth that deserves a warning. */
const NOTABLE_SHARE = 0.05;

export interface Delta {
  readonly was: number;
  readonly now: number;
  /** `within-error`: both values are estimates, and they differ by less than the error of an estimate. */
  readonly direction: 'grew' | 'shrank' | 'same' | 'within-error';
  /** Absolute change as a share of the old value: 0.05 for 5 % in either direction. */
  readonly share: number;
  readonly isNotable: boolean;
}

/** Undefined when a value is unknown or the old one is 0. */
export function deltaBetween(was: number | undefined, now: number | undefined): Delta | undefined {
  if (was === undefined || now === undefined || was <= 0) return undefined;
  const share = Math.abs(now - was) / was;
  const direction = now === was ? 'same' : now > was ? 'grew' : 'shrank';
  return { was, now, direction, share, isNotable: direction === 'grew' && share >= NOTABLE_SHARE };
}

/** The delta of two estimates, which says nothing when it is smaller than their error. */
export function unlessNoise(delta: Delta): Delta {
  const isNoise = delta.direction !== 'same' && delta.share < estimateErrorShare;
  return isNoise ? { ...delta, direction: 'within-error', isNotable: false } : delta;
}
