import { figuresBesideLimit, levelWord, slowerText } from '../../../model/figure-text.ts';
import { isEstimated, type Limit, limits } from '../../../model/measures.ts';
import type { LimitItem } from '../../../model/report.ts';
import type { FindingDetails, LimitsContext, Rule } from '../rule.ts';

type Level = Exclude<LimitItem['level'], 'ok'>;

const relation: Readonly<Record<Level, string>> = { near: 'near', over: 'above' };

/** `near-limit-<id>` and `over-limit-<id>` for every limit and budget in the table of measures. */
export const limitLevelRules: readonly Rule<'limits'>[] = limits.flatMap((limit) => [
  levelRule(limit, 'near'),
  levelRule(limit, 'over'),
]);

function levelRule(limit: Limit, level: Level): Rule<'limits'> {
  const { id, measure, place, docs } = limit;
  return {
    id: `${level}-limit-${id}`,
    about: 'limits',
    severity: level === 'over' ? 'error' : 'warning',
    place,
    title: `${measure.subject} ${titleText(limit, level)}.`,
    docs,
    run: ({ items, stats }) =>
      items
        .filter((item) => item.id === id && item.level === level)
        .map((item) => detailsOf(item, level, limit, stats)),
  };
}

function titleText(limit: Limit, level: Level): string {
  if (leavesLittleRoom(limit, level)) return 'leaves little room';
  return `is ${relation[level]} ${limit.isBudget ? 'the budget' : 'its limit'}`;
}

function leavesLittleRoom({ id }: Limit, level: Level): boolean {
  return levelWord({ id, level }) === 'slow';
}

function detailsOf(item: LimitItem, level: Level, limit: Limit, stats: LimitsContext['stats']): FindingDetails {
  const { measure, hint } = limit;
  const estimated = isEstimated(measure, stats);
  return {
    message: messageOf(item, level, limit, figuresBesideLimit(item, estimated)),
    hint,
    data: { used: item.used, limit: item.limit, ...(estimated && { estimated }) },
  };
}

function messageOf(item: LimitItem, level: Level, limit: Limit, figures: string): string {
  const { subject } = limit.measure;
  if (leavesLittleRoom(limit, level)) {
    return `${subject} leaves little room: ${slowerText(item)}. It needs ${figures}.`;
  }
  return `${subject} is ${relation[level]} its limit: ${figures}.`;
}
