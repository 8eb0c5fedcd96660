/** A budget with head-room above the figures of a report. */
import { isEstimated, type MeasureKind, measures } from '../../model/measures.ts';
import type { Report } from '../../model/report.ts';
import type { TeamBudget } from '../../model/team-budget.ts';

/**
 * Sizes are the same in each run: a tenth is an upgrade or two, but not a new pallet unseen. Times differ by up to 15 % from run
 * to run, and by more from machine to machine; memory differs less.
 */
const headRoom: Readonly<Record<MeasureKind, number>> = { size: 0.1, memory: 0.2, time: 0.5 };

/** Digits that count in a readable number. */
const DIGITS = 3;

/**
 * The budget has a limit for every figure that the report measured, with head-room, and never above the limit of the relay
 * chain. Estimates make none: they differ from machine to machine.
 */
export function budgetFromReport(report: Pick<Report, 'runtime' | 'stats' | 'limits'>): TeamBudget {
  const entries = measures.flatMap((measure) => {
    const used = measure.value(report);
    if (used === undefined || used <= 0 || isEstimated(measure, report.stats)) return [];
    const relay = report.limits.items.find(({ id }) => id === measure.limit?.id)?.limit ?? Number.POSITIVE_INFINITY;
    return [
      [
        measure.budgetKey,
        Math.max(1, Math.floor(Math.min(readable(used * (1 + headRoom[measure.kind])), relay))),
      ] as const,
    ];
  });
  return Object.fromEntries(entries);
}

/** Rounds up to three digits: 2 225 428 → 2 230 000. */
function readable(value: number): number {
  const step = 10 ** Math.max(0, Math.ceil(Math.log10(value)) - DIGITS);
  return Math.ceil(value / step) * step;
}
