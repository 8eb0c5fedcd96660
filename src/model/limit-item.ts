import {
  type Budget,
  budgetLimitId,
  type CheckLimits,
  type LimitId,
  limitOf,
  type Measured,
  measures,
} from './measures.ts';
import type { LimitItem } from './report.ts';

/** The figures against the limits of the relay chain's profile and of the job. What is not known has no item. */
export function profileItems(measured: Measured, limits: CheckLimits): LimitItem[] {
  return measures.flatMap(({ limit, value }) =>
    limit === undefined ? [] : limitItem(limit.id, value(measured), limit.of(limits)),
  );
}

/** The figures against the user's own budget. What is not known or not limited has no item. */
export function budgetItems(measured: Measured, budget: Budget): LimitItem[] {
  return measures.flatMap((measure) =>
    limitItem(budgetLimitId(measure), measure.value(measured), budget[measure.budgetKey]),
  );
}

/** One limit and how much of it is used; nothing when either is not known. */
export function limitItem(id: LimitId, used: number | undefined, limit: number | undefined): LimitItem[] {
  if (used === undefined || limit === undefined || limit <= 0) return [];
  const ratio = used / limit;
  return [{ id, used, limit, ratio, level: levelOf(ratio, limitOf(id).near) }];
}

function levelOf(ratio: number, near: number): LimitItem['level'] {
  if (ratio > 1) return 'over';
  return ratio >= near ? 'near' : 'ok';
}
