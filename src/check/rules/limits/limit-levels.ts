import {
  formatBytes,
  formatBytesExactly,
  formatBytesRoughly,
  formatRatio,
  formatSeconds,
  formatSecondsRoughly,
} from '../../../base/units.ts';
import { isEstimate } from '../../../model/estimates.ts';
import type { LimitId, LimitItem } from '../../../model/report.ts';
import type { FindingDetails, LimitsContext, Rule } from '../rule.ts';
import { type LimitWording, limitWordings } from './limit-wordings.ts';

const relation = { near: 'near', over: 'above' } as const;

/** `near-limit-<id>` and `over-limit-<id>` for every limit and budget. */
export const limitLevelRules: readonly Rule<'limits'>[] = (Object.keys(limitWordings) as LimitId[]).flatMap((id) => [
  levelRule(id, 'near'),
  levelRule(id, 'over'),
]);

function levelRule(id: LimitId, level: 'near' | 'over'): Rule<'limits'> {
  const wording = limitWordings[id];
  const { what, place, docs } = wording;
  return {
    id: `${level}-limit-${id}`,
    about: 'limits',
    severity: level === 'over' ? 'error' : 'warning',
    place,
    title: `${what} is ${relation[level]} ${id.endsWith('-budget') ? 'the budget' : 'its limit'}.`,
    docs,
    run: ({ items, stats }) =>
      items
        .filter((item) => item.id === id && item.level === level)
        .map((item) => detailsOf(item, relation[level], wording, stats)),
  };
}

function detailsOf(
  item: LimitItem,
  relationText: string,
  { what, unit, hint }: LimitWording,
  stats: LimitsContext['stats'],
): FindingDetails {
  const { id, used, limit } = item;
  const estimated = isEstimate(id, stats);
  return {
    message: `${what} is ${relationText} its limit: ${estimated ? roughly(item, unit) : exactly(item, unit)}.`,
    hint,
    data: { used, limit, ...(estimated && { estimated }) },
  };
}

function exactly({ used, limit, ratio }: LimitItem, unit: LimitWording['unit']): string {
  const format = unit === 'bytes' ? formatBytesExactly : formatSeconds;
  return `${format(used)} of ${format(limit)}, ${formatRatio(ratio)}`;
}

function roughly({ used, limit, ratio }: LimitItem, unit: LimitWording['unit']): string {
  const [about, whole] =
    unit === 'bytes'
      ? [formatBytesRoughly(used), formatBytes(limit)]
      : [formatSecondsRoughly(used), formatSeconds(limit)];
  return `about ${about} of ${whole}, ~${Math.round(ratio * 100)} % (estimated)`;
}
