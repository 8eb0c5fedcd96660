import { type Delta, deltaBetween, unlessNoise } from './change.ts';
import { isEstimated, type Measure, type Measured } from './measures.ts';

export type { Delta } from './change.ts';

/** The parts of a `Report` that comparisons use. */
export type Comparable = Measured & { readonly runtime: { readonly codeHash: string } };

/**
 * Returns how a measured figure changed. Undefined when a value is unknown, when one value is an estimate and the other a
 * measurement (they differ regardless of the code), and when values of identical code differ (this is noise).
 */
export function deltaOf(measure: Measure, older: Comparable, newer: Comparable): Delta | undefined {
  const { value, source } = measure;
  if (source !== undefined && older.stats?.[source] !== newer.stats?.[source]) return undefined;
  const delta = deltaBetween(value(older), value(newer));
  if (delta === undefined || delta.direction === 'same') return delta;
  if (isSameCode(older, newer)) return undefined;
  return isEstimated(measure, newer.stats) ? unlessNoise(delta) : delta;
}

export function isSameCode(older: Comparable, newer: Comparable): boolean {
  return older.runtime.codeHash === newer.runtime.codeHash;
}
