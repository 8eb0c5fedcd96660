import { paragraphs } from '../../../base/text.ts';
import { formatRatio } from '../../../base/units.ts';
import { type Delta, deltaOf } from '../../../model/delta.ts';
import { amountText } from '../../../model/figure-text.ts';
import { isEstimated, type Measure, measures } from '../../../model/measures.ts';
import type { ComparisonContext, FindingDetails, Rule } from '../rule.ts';

/** `growth-<id>` and `shrinkage-<id>` for every measured figure except the peak memory, which varies too much between runs. */
export const growthRules: readonly Rule<'comparison'>[] = measures
  .filter(({ kind }) => kind !== 'memory')
  .flatMap((measure) => [growthRule(measure), shrinkageRule(measure)]);

function growthRule(measure: Measure): Rule<'comparison'> {
  return {
    id: `growth-${measure.id}`,
    about: 'comparison',
    severity: 'warning',
    place: 'manifest',
    title: `${measure.subject} grew since the baseline.`,
    docs: paragraphs(`
      The figure is larger than in the baseline. Growth by 5 % or more is a warning, less is a note. CPU times are
      compared only when both are measured or both are estimated, and count as changed from 15 % on: two runs differ by
      less.

      Most upgrades grow a little, until one of them reaches a limit. Look for additions that are not needed: default
      features of a dependency, genesis presets (tanssi PR 1149), debug logs (fellows/runtimes PR 937), weaker
      compression.
    `),
    run(context) {
      const delta = deltaOf(measure, context.baseline, context.current);
      if (delta?.direction !== 'grew') return [];
      const details = detailsOf(measure, delta, context);
      return [delta.isNotable ? details : { ...details, severity: 'information' }];
    },
  };
}

function shrinkageRule(measure: Measure): Rule<'comparison'> {
  return {
    id: `shrinkage-${measure.id}`,
    about: 'comparison',
    severity: 'information',
    place: 'none',
    title: `${measure.subject} shrank since the baseline.`,
    docs: paragraphs(`
      The figure is smaller than in the baseline. CPU times are compared only when both are measured or both are
      estimated, and count as changed from 15 % on: two runs differ by less.

      If you did not expect this, check that no pallet or runtime API is missing.
    `),
    run(context) {
      const delta = deltaOf(measure, context.baseline, context.current);
      return delta?.direction === 'shrank' ? [detailsOf(measure, delta, context)] : [];
    },
  };
}

function detailsOf(
  measure: Measure,
  { was, now, direction, share }: Delta,
  { current }: ComparisonContext,
): FindingDetails {
  const estimated = isEstimated(measure, current.stats);
  const [before, after] = [was, now].map((used) => amountText({ used, unit: measure.unit, estimated }));
  const change = `${direction} by ${formatRatio(share)} since the baseline`;
  return { message: `${measure.subject} ${change}: ${before} to ${after}.`, data: { was, now } };
}
