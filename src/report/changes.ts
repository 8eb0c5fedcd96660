import { capitalize } from '../base/text.ts';
import { type Comparable, deltaOf } from '../model/delta.ts';
import { deltaShareText, deltaText } from '../model/figure-text.ts';
import type { Reference } from '../model/history.ts';
import { type Measure, measureOf, measuresForReading } from '../model/measures.ts';
import type { Report } from '../model/report.ts';

/** What a report is compared with. Undefined: nothing. */
export type ReferenceOf = (report: Report) => Reference | undefined;

/** `Since 1a2b3c4: stored size −22.3 KiB (−5.8 %).` Undefined when the results have nothing to compare. */
export function changesText({ entry, text }: Reference, current: Comparable): string | undefined {
  const deltas = measuresForReading.filter((measure) => deltaOf(measure, entry, current) !== undefined);
  if (deltas.length === 0) return undefined;
  const changes = deltas.flatMap((measure) => {
    const change = changeText(measure, entry, current);
    return change === undefined ? [] : [`${measure.name} ${change}`];
  });
  return `${capitalize(text)}: ${changes.length === 0 ? 'no change' : changes.join(', ')}.`;
}

/** The change of one figure: `−22.3 KiB (−5.8 %)`. Undefined when it did not change, or when nothing is known about it. */
export function changeText(measure: Measure, older: Comparable, newer: Comparable): string | undefined {
  return deltaText(deltaOf(measure, older, newer), measure.unit);
}

/**
 * The change that says most, for small spaces: `stored size +4.5 %`. The size on chain first, because it is exact.
 * Undefined when neither it nor the CPU time changed clearly.
 */
export function mainChange({ entry }: Reference, current: Comparable): MainChange | undefined {
  for (const id of ['stored-bytes', 'cpu-time'] as const) {
    const measure = measureOf(id);
    const delta = deltaOf(measure, entry, current);
    if (delta?.direction !== 'grew' && delta?.direction !== 'shrank') continue;
    return { text: `${measure.name} ${deltaShareText(delta)}`, isNotable: delta.isNotable };
  }
  return undefined;
}

export interface MainChange {
  readonly text: string;
  readonly isNotable: boolean;
}

/** Like `changeText`. Undefined too for a change that is smaller than the error of the figure. */
export function clearChangeText(measure: Measure, older: Comparable, newer: Comparable): string | undefined {
  const delta = deltaOf(measure, older, newer);
  return delta?.direction === 'within-error' ? undefined : deltaText(delta, measure.unit);
}
