import {
  budgetLimitId,
  isEstimated,
  labelOf,
  limitOf,
  type Measure,
  type Measured,
  type MeasureId,
  type MeasureKind,
  measuresForReading,
  type Unit,
} from './measures.ts';
import type { LimitItem, Report } from './report.ts';

/** A measured value and how to show it. */
export interface Amount {
  readonly used: number;
  readonly unit: Unit;
  readonly estimated: boolean;
}

/** A number in a report, with its limit if it has one. Every view of a report lists these. */
export interface Figure extends Amount {
  readonly id: MeasureId;
  /** The measure's label: `Stored size`. `figureLabel` adds `budget`. */
  readonly label: string;
  readonly kind: MeasureKind;
  readonly isBudget: boolean;
  readonly item?: LimitItem;
}

/** In reading order. Within a measure, the profile's limit comes before the budget. Leaves out unknown figures. */
export function figuresOf(report: Report): Figure[] {
  return measuresForReading.flatMap((measure) => figuresOfMeasure(report, measure));
}

/** Returns a value without its limit, or undefined if unknown. */
export function amountOf(measure: Measure, measured: Measured): Amount | undefined {
  const used = measure.value(measured);
  return used === undefined ? undefined : { used, unit: measure.unit, estimated: isEstimated(measure, measured.stats) };
}

function figuresOfMeasure(report: Report, measure: Measure): Figure[] {
  const { id, kind, unit, limit } = measure;
  const estimated = isEstimated(measure, report.stats);
  const common = { id, label: labelOf(measure), kind, unit, estimated };
  const limitIds = [limit?.id, budgetLimitId(measure)];
  const items = limitIds.flatMap((limitId) => report.limits.items.filter((item) => item.id === limitId));
  if (items.length > 0) {
    return items.map((item) => ({ ...common, used: item.used, isBudget: limitOf(item.id).isBudget, item }));
  }
  const amount = amountOf(measure, report);
  return amount === undefined ? [] : [{ ...common, ...amount, isBudget: false }];
}

const levelRank: Readonly<Record<LimitItem['level'], number>> = { ok: 0, near: 1, over: 2 };

/** The limit that the runtime reaches first: the worst level, then the largest share. Undefined without limits. */
export function tightest(items: readonly LimitItem[]): LimitItem | undefined {
  const [first] = [...items].sort((a, b) => levelRank[b.level] - levelRank[a.level] || b.ratio - a.ratio);
  return first;
}
