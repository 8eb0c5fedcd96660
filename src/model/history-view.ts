/** The history of a runtime as a chart shows it. */
import type { FigureErrors } from './change.ts';
import { isSameCode } from './delta.ts';
import { figureErrors } from './estimates.ts';
import { amountOf } from './figures.ts';
import { baselineName, type HistoryEntry, type RuntimeHistory } from './history.ts';
import { labelOf, type Measure, type MeasureId, measuresForReading, type Unit } from './measures.ts';
import type { Conclusion, LimitItem } from './report.ts';

export interface HistoryView {
  readonly view: 'history';
  readonly title: string;
  /** In reading order. Only those that some result has. */
  readonly figures: readonly HistoryFigure[];
  /** The oldest first. */
  readonly entries: readonly HistoryPoint[];
  /** The place of the pinned baseline in `entries`. */
  readonly baseline?: number;
}

export interface HistoryFigure {
  readonly id: MeasureId;
  readonly label: string;
  readonly unit: Unit;
  /** The relay chain's limit for new results. Absent: there is none, or it is unknown. */
  readonly limit?: number;
  /** A change that is smaller than its error is not shown. */
  readonly errors: FigureErrors;
}

export interface HistoryPoint {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The version of the runtime; for a baseline of a file, its name. */
  readonly label?: string;
  readonly commit?: string;
  readonly branch?: string;
  readonly conclusion: Conclusion['status'];
  /** Ids of the figures that are estimates. */
  readonly estimated?: readonly MeasureId[];
  readonly values: Readonly<Partial<Record<MeasureId, number>>>;
}

interface HistoryViewOptions {
  readonly title: string;
  /** The limits of the last report. */
  readonly limits?: readonly LimitItem[];
}

export function historyView(history: RuntimeHistory, { title, limits = [] }: HistoryViewOptions): HistoryView {
  const { entries, baseline } = withBaseline(history);
  const figures = measuresForReading
    .filter((measure) => entries.some(({ entry }) => measure.value(entry) !== undefined))
    .map((measure) => figureOf(measure, limits));
  return {
    view: 'history',
    title,
    figures,
    entries: entries.map(pointOf),
    ...(baseline !== undefined && { baseline }),
  };
}

interface Labelled {
  readonly entry: HistoryEntry;
  readonly label?: string;
}

/** A baseline that is no result of the history comes first, as what all others are compared with. */
function withBaseline({ entries, pinned }: RuntimeHistory): {
  readonly entries: readonly Labelled[];
  readonly baseline?: number;
} {
  const own = entries.map((entry) => ({ entry }));
  if (pinned === undefined) return { entries: own };
  // A repeated check has changed the time of the result.
  const found = entries.findLastIndex((entry) => isSameCode(entry, pinned.entry));
  if (found >= 0) return { entries: own, baseline: found };
  return { entries: [{ entry: pinned.entry, label: baselineName(pinned) }, ...own], baseline: 0 };
}

function figureOf(measure: Measure, limits: readonly LimitItem[]): HistoryFigure {
  const { id, unit } = measure;
  const item = limits.find((one) => one.id === measure.limit?.id);
  return { id, label: labelOf(measure), unit, errors: figureErrors[measure.kind], ...(item && { limit: item.limit }) };
}

function pointOf({ entry, label }: Labelled): HistoryPoint {
  const { at, git, conclusion, runtime } = entry;
  const amounts = measuresForReading.flatMap((measure) => {
    const amount = amountOf(measure, entry);
    return amount === undefined ? [] : [{ id: measure.id, ...amount }];
  });
  const estimated = amounts.filter((amount) => amount.estimated).map(({ id }) => id);
  const shown = label ?? (runtime.specVersion === undefined ? undefined : `v${runtime.specVersion}`);
  return {
    at,
    ...(shown !== undefined && { label: shown }),
    ...(git && { commit: git.commit, ...(git.branch !== undefined && { branch: git.branch }) }),
    conclusion,
    ...(estimated.length > 0 && { estimated }),
    values: Object.fromEntries(amounts.map(({ id, used }) => [id, used])),
  };
}
