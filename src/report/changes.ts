import { capitalize } from '../base/text.ts';
import { type Comparable, deltaOf } from '../model/delta.ts';
import { deltaText } from '../model/figure-text.ts';
import type { Reference } from '../model/history.ts';
import { type Measure, measuresForReading } from '../model/measures.ts';
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

/** The same for small spaces: undefined too for a change that is smaller than the error of the figure. */
export function clearChangeText(measure: Measure, older: Comparable, newer: Comparable): string | undefined {
  const delta = deltaOf(measure, older, newer);
  return delta?.direction === 'within-error' ? undefined : deltaText(delta, measure.unit);
}
