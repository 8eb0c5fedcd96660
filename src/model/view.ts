/** What the charts show, as plain data: in a panel of the editor, or in a static HTML file. `src/webview/` draws them. */
import { type Delta, deltaBetween } from './change.ts';
import type { HistoryFigure, HistoryPoint, HistoryView } from './history-view.ts';
import type { MeasureId, Unit } from './measures.ts';
import type { Finding } from './report.ts';
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
  readonly unit: Unit;
  readonly was?: number;
  readonly now?: number;
  /** The change as text: `+12.3 KiB (+1.2 %)`. Absent when nothing changed or nothing can be said. */
  readonly delta?: string;
}

/** Bytes before and after. 0: the part is absent. */
export interface Growth {
  readonly name: string;
  readonly was: number;
  readonly now: number;
}

export interface MetadataChange {
  /** What happened: `added`, `removed`, `retyped`, `re-indexed`, ... */
  readonly change: string;
  /** What follows from it: `compatible`, `needs transaction_version`, ... */
  readonly class: string;
  readonly path: string;
  readonly was?: string;
  readonly now?: string;
}

export interface CompareView {
  readonly view: 'compare';
  readonly title: string;
  readonly older: { readonly label: string };
  readonly newer: { readonly label: string };
  readonly figures: readonly ComparedFigure[];
  readonly growth: {
    readonly sections: readonly Growth[];
    readonly crates: readonly Growth[];
    readonly owners: readonly Growth[];
    readonly functions: readonly Growth[];
  };
  readonly imports: { readonly added: readonly string[]; readonly gone: readonly string[] };
  /** Absent: the metadata was not read. */
  readonly metadata?: readonly MetadataChange[];
  readonly findings: readonly Pick<Finding, 'id' | 'severity' | 'message'>[];
}

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
