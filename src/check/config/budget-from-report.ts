/** A budget with head-room above the figures of a report. */
import { isEstimated, measures } from '../../model/measures.ts';
import type { Report } from '../../model/report.ts';
import type { TeamBudget } from '../../model/team-budget.ts';

/** A tenth: an upgrade or two, but not a new pallet unseen. */
const HEAD_ROOM = 0.1;

/** Digits that count in a readable number. */
const DIGITS = 3;

/**
 * The budget has a limit for every figure that the report measured, 10 % above it, and never above the limit of the relay
 * chain. Estimates make none: they differ from machine to machine.
 */
export function budgetFromReport(report: Pick<Report, 'runtime' | 'stats' | 'limits'>): TeamBudget {
  const entries = measures.flatMap((measure) => {
    const used = measure.value(report);
    if (used === undefined || used <= 0 || isEstimated(measure, report.stats)) return [];
    const relay = report.limits.items.find(({ id }) => id === measure.limit?.id)?.limit ?? Number.POSITIVE_INFINITY;
    return [[measure.budgetKey, Math.max(1, Math.floor(Math.min(readable(used * (1 + HEAD_ROOM)), relay)))] as const];
  });
  return Object.fromEntries(entries);
}

/** Rounds up to three digits: 2 225 428 → 2 230 000. */
function readable(value: number): number {
  const step = 10 ** Math.max(0, Math.ceil(Math.log10(value)) - DIGITS);
  return Math.ceil(value / step) * step;
}
