import { shareText, unitFormats } from '../../../model/figure-text.ts';
import { isEstimated, type Limit, limits, type Unit } from '../../../model/measures.ts';
import type { LimitItem } from '../../../model/report.ts';
import type { FindingDetails, LimitsContext, Rule } from '../rule.ts';

const relation = { near: 'near', over: 'above' } as const;

/** `near-limit-<id>` and `over-limit-<id>` for every limit and budget in the table of measures. */
export const limitLevelRules: readonly Rule<'limits'>[] = limits.flatMap((limit) => [
  levelRule(limit, 'near'),
  levelRule(limit, 'over'),
]);

function levelRule(limit: Limit, level: 'near' | 'over'): Rule<'limits'> {
  const { id, measure, isBudget, place, docs } = limit;
  return {
    id: `${level}-limit-${id}`,
    about: 'limits',
    severity: level === 'over' ? 'error' : 'warning',
    place,
    title: `${measure.subject} is ${relation[level]} ${isBudget ? 'the budget' : 'its limit'}.`,
    docs,
    run: ({ items, stats }) =>
      items
        .filter((item) => item.id === id && item.level === level)
        .map((item) => detailsOf(item, relation[level], limit, stats)),
  };
}

function detailsOf(
  item: LimitItem,
  relationText: string,
  { measure, hint }: Limit,
  stats: LimitsContext['stats'],
): FindingDetails {
  const { used, limit } = item;
  const { subject, unit } = measure;
  const estimated = isEstimated(measure, stats);
  return {
    message: `${subject} is ${relationText} its limit: ${estimated ? roughly(item, unit) : exactly(item, unit)}.`,
    hint,
    data: { used, limit, ...(estimated && { estimated }) },
  };
}

function exactly({ used, limit, ratio }: LimitItem, unit: Unit): string {
  const { exact } = unitFormats[unit];
  return `${exact(used)} of ${exact(limit)}, ${shareText({ ratio }, false)}`;
}

function roughly({ used, limit, ratio }: LimitItem, unit: Unit): string {
  const { rough, plain } = unitFormats[unit];
  return `about ${rough(used)} of ${plain(limit)}, ${shareText({ ratio }, true)} (estimated)`;
}
