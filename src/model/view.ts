/** What the charts show, as plain data: in a panel of the editor, or in a static HTML file. `src/webview/` draws them. */
import { type Delta, deltaBetween } from './change.ts';
import type { FactChange, ListChange } from './comparison.ts';
import type { HistoryFigure, HistoryPoint, HistoryView } from './history-view.ts';
import type { MeasureId } from './measures.ts';
import type { MetadataChange } from './metadata-change.ts';
import type { Finding } from './report.ts';
import type { SizeChange } from './size-change.ts';
import type { Sizes } from './size-tree.ts';

export type { HistoryFigure, HistoryPoint, HistoryView } from './history-view.ts';

export type View = SizesView | CompareView | HistoryView;
export type ViewName = View['view'];

export interface SizesView {
  readonly view: 'sizes';
  /** The runtime: `hydradx 408`. */
  readonly title: string;
  readonly sizes: Sizes;
}

export interface ComparedFigure {
  readonly label: string;
  /** As text, with its unit. Absent: not known. */
  readonly was?: string;
  readonly now?: string;
  readonly direction: 'grew' | 'shrank' | 'same';
  /** The change as text: `+12.3 KiB (+1.2 %)`. Absent when nothing changed or nothing can be said. */
  readonly delta?: string;
}

export interface CompareView {
  readonly view: 'compare';
  readonly title: string;
  readonly older: { readonly label: string };
  readonly newer: { readonly label: string };
  /** What a reader must know about the comparison: sentences. */
  readonly notes: readonly string[];
  readonly figures: readonly ComparedFigure[];
  /** Versions and memory: those that differ. */
  readonly facts: readonly FactChange[];
  /** Each list has the largest change first. */
  readonly growth: {
    readonly sections: readonly SizeChange[];
    readonly crates: readonly SizeChange[];
    readonly owners: readonly SizeChange[];
    /** Empty when the functions of one side are not known. */
    readonly functions: readonly SizeChange[];
  };
  readonly imports: ListChange;
  readonly exports: ListChange;
  /** Absent: the metadata of one side is not known. */
  readonly metadata?: readonly MetadataChange[];
  readonly newFindings: readonly ComparedFinding[];
  readonly goneFindings: readonly ComparedFinding[];
}

export type ComparedFinding = Pick<Finding, 'id' | 'severity' | 'message'>;

/** The entry that an entry is compared with. */
export function comparedEntry({ entries, baseline }: HistoryView, index: number): HistoryPoint | undefined {
  return baseline === undefined || index === baseline ? entries[index - 1] : entries[baseline];
}

/** How a figure changed. Undefined when a value is unknown, or when one is an estimate and the other a measurement. */
export function historyDelta(figure: HistoryFigure, older: HistoryPoint, newer: HistoryPoint): Delta | undefined {
  const { id, errors } = figure;
  const isEstimate = isEstimatedIn(id, newer);
  if (isEstimatedIn(id, older) !== isEstimate) return undefined;
  return deltaBetween(older.values[id], newer.values[id], isEstimate ? errors.estimated : errors.measured);
}

export function isEstimatedIn(id: MeasureId, { estimated = [] }: HistoryPoint): boolean {
  return estimated.includes(id);
}
