import { omitUndefined } from '../base/omit-undefined.ts';
import { isEstimated, labelOf, type Measured, measuresForReading } from './measures.ts';
import type { LimitItem, Report } from './report.ts';
import type { HistoryPoint, HistoryView } from './view.ts';

/** A result of a runtime, as the history keeps it: the parts of a report that the chart shows. */
export interface PastResult extends Measured {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly runtime: Measured['runtime'] & {
    readonly specName?: string | undefined;
    readonly specVersion?: number | undefined;
  };
  readonly conclusion: HistoryPoint['conclusion'];
  readonly git?: { readonly commit: string; readonly branch?: string | undefined } | undefined;
}

export interface HistoryViewOptions {
  /** The limits of today. */
  readonly limits: readonly LimitItem[];
  /** Index of the pinned baseline. */
  readonly baseline?: number;
}

export function pastResultOf({ createdAt, runtime, stats, conclusion }: Report): PastResult {
  return { at: createdAt, runtime, conclusion: conclusion.status, ...omitUndefined({ stats }) };
}

/** @param results the oldest first */
export function historyView(
  title: string,
  results: readonly PastResult[],
  { limits, baseline }: HistoryViewOptions,
): HistoryView {
  const figures = measuresForReading.map((measure) => ({
    id: measure.id,
    label: labelOf(measure),
    unit: measure.unit,
    ...omitUndefined({ limit: limits.find(({ id }) => id === measure.limit?.id)?.limit }),
  }));
  return { view: 'history', title, figures, entries: results.map(pointOf), ...omitUndefined({ baseline }) };
}

function pointOf(result: PastResult): HistoryPoint {
  const { at, runtime, git, conclusion } = result;
  const known = measuresForReading.flatMap((measure) => {
    const value = measure.value(result);
    return value === undefined ? [] : [[measure.id, value] as const];
  });
  const estimated = measuresForReading.filter((measure) => isEstimated(measure, result.stats)).map(({ id }) => id);
  const { specName, specVersion } = runtime;
  const label = specName === undefined || specVersion === undefined ? specName : `${specName} ${specVersion}`;
  return {
    at,
    conclusion,
    values: Object.fromEntries(known),
    ...(estimated.length === 0 ? {} : { estimated }),
    ...omitUndefined({ label, commit: git?.commit, branch: git?.branch }),
  };
}
