import { deltaOf } from '../model/delta.ts';
import { deltaText, withinErrorText } from '../model/figure-text.ts';
import { measuresForReading } from '../model/measures.ts';
import type { Report } from '../model/report.ts';

/**
 * `Since the previous build: stored size −22.3 KiB (−5.8 %).` Leaves out the memory, which varies between runs. Undefined
 * when the reports have nothing to compare.
 */
export function changesText(previous: Report, report: Report): string | undefined {
  const deltas = measuresForReading
    .filter(({ kind }) => kind !== 'memory')
    .map((measure) => ({ measure, delta: deltaOf(measure, previous, report) }))
    .filter(({ delta }) => delta !== undefined);
  if (deltas.length === 0) return undefined;
  const changes = deltas.flatMap(({ measure, delta }) => {
    if (delta?.direction === 'within-error') return [`${measure.name} ${withinErrorText}`];
    const text = deltaText(delta, measure.unit);
    return text === undefined ? [] : [`${measure.name} ${text}`];
  });
  return `Since the previous build: ${changes.length === 0 ? 'no change' : changes.join(', ')}.`;
}
