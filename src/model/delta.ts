import { errorShare } from './estimates.ts';
import type { Measure, Measured } from './measures.ts';

/** The parts of a `Report` that comparisons use. */
export type Comparable = Measured & { readonly runtime: { readonly codeHash: string } };

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

/**
 * Returns how a measured figure changed. Undefined when a value is unknown, when one value is an estimate and the other a
 * measurement (they differ regardless of the code), and when values of identical code differ (this is noise).
 */
export function deltaOf(measure: Measure, older: Comparable, newer: Comparable): Delta | undefined {
  const { value, source } = measure;
  if (source !== undefined && older.stats?.[source] !== newer.stats?.[source]) return undefined;
  const delta = deltaBetween(value(older), value(newer), errorShare(measure, newer));
  return delta !== undefined && delta.direction !== 'same' && isSameCode(older, newer) ? undefined : delta;
}

export function isSameCode(older: Comparable, newer: Comparable): boolean {
  return older.runtime.codeHash === newer.runtime.codeHash;
}

function deltaBetween(was: number | undefined, now: number | undefined, error: number): Delta | undefined {
  if (was === undefined || now === undefined || was <= 0) return undefined;
  const share = Math.abs(now - was) / was;
  if (share > 0 && share < error) return { was, now, direction: 'within-error', error, share, isNotable: false };
  const direction = now === was ? 'same' : now > was ? 'grew' : 'shrank';
  return { was, now, direction, error, share, isNotable: direction === 'grew' && share >= NOTABLE_SHARE };
}
