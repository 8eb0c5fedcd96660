import {
  type Budget,
  budgetLimitId,
  type CheckLimits,
  defaultNear,
  type LimitId,
  limitOf,
  type Measured,
  measures,
} from './measures.ts';
import type { LimitItem } from './report.ts';

/**
 * Compares the figures with the limits of the profile and the job. Leaves out unknown figures and limits.
 * @param near the share from which on a size or the memory is near its limit; CPU time has its own
 */
export function profileItems(measured: Measured, limits: CheckLimits, near?: number): LimitItem[] {
  return measures.flatMap(({ limit, value }) =>
    limit === undefined ? [] : limitItem(limit.id, value(measured), limit.of(limits), near),
  );
}

/** Compares the figures with the user's own budget. Leaves out unknown figures and those without a limit. */
export function budgetItems(measured: Measured, budget: Budget): LimitItem[] {
  return measures.flatMap((measure) =>
    limitItem(budgetLimitId(measure), measure.value(measured), budget[measure.budgetKey]),
  );
}

/** Returns one item, or none when the figure or the limit is unknown. */
export function limitItem(
  id: LimitId,
  used: number | undefined,
  limit: number | undefined,
  near = defaultNear,
): LimitItem[] {
  if (used === undefined || limit === undefined || limit <= 0) return [];
  const ratio = used / limit;
  return [{ id, used, limit, ratio, level: levelOf(ratio, limitOf(id).near ?? near) }];
}

function levelOf(ratio: number, near: number): LimitItem['level'] {
  if (ratio > 1) return 'over';
  return ratio >= near ? 'near' : 'ok';
}
