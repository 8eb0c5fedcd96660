import type { Measure, Measured } from './measures.ts';

/** What one report must have to be compared with another; `Report` fits. */
export type Comparable = Measured & { readonly runtime: { readonly codeHash: string } };

/** From this share on, growth is worth a warning. */
const NOTABLE_SHARE = 0.05;

export interface Delta {
  readonly was: number;
  readonly now: number;
  readonly direction: 'grew' | 'shrank' | 'same';
  /** Size of the change as a share of what it was: 0.05 for 5 % either way. */
  readonly share: number;
  readonly isNotable: boolean;
}

/**
 * How a measured figure changed. Undefined where one of the values is not known, where one is an estimate and the other
 * a measurement (these differ by more than the code does), and where the values of identical code differ (that is noise
 * of the machine).
 */
export function deltaOf({ value, source }: Measure, older: Comparable, newer: Comparable): Delta | undefined {
  if (source !== undefined && older.stats?.[source] !== newer.stats?.[source]) return undefined;
  const delta = deltaBetween(value(older), value(newer));
  return isSameCode(older, newer) && delta?.direction !== 'same' ? undefined : delta;
}

export function isSameCode(older: Comparable, newer: Comparable): boolean {
  return older.runtime.codeHash === newer.runtime.codeHash;
}

function deltaBetween(was: number | undefined, now: number | undefined): Delta | undefined {
  if (was === undefined || now === undefined || was <= 0) return undefined;
  const share = Math.abs(now - was) / was;
  const direction = now === was ? 'same' : now > was ? 'grew' : 'shrank';
  return { was, now, direction, share, isNotable: direction === 'grew' && share >= NOTABLE_SHARE };
}
