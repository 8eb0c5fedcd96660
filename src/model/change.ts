/** How a figure changed. Imports nothing, so that the charts in the browser can use it. */

/** The share of growth that deserves a warning. */
const NOTABLE_SHARE = 0.05;

export interface Delta {
  readonly was: number;
  readonly now: number;
  /** `within-error`: the values differ by less than `error`. */
  readonly direction: 'grew' | 'shrank' | 'same' | 'within-error';
  /** A smaller share says nothing about the code. 0: the figure is exact. See `errorShare`. */
  readonly error: number;
  /** Absolute change as a share of the old value: 0.05 for 5 % in either direction. */
  readonly share: number;
  readonly isNotable: boolean;
}

/** How far two figures of the same code may be apart, as shares: 0.1 for 10 %. 0: the figure is exact. */
export interface FigureErrors {
  readonly estimated: number;
  readonly measured: number;
}

/** Undefined when a value is unknown. @param error a smaller change says nothing about the code */
export function deltaBetween(was: number | undefined, now: number | undefined, error: number): Delta | undefined {
  if (was === undefined || now === undefined || was <= 0) return undefined;
  const share = Math.abs(now - was) / was;
  if (share > 0 && share < error) return { was, now, direction: 'within-error', error, share, isNotable: false };
  const direction = now === was ? 'same' : now > was ? 'grew' : 'shrank';
  return { was, now, direction, error, share, isNotable: direction === 'grew' && share >= NOTABLE_SHARE };
}
