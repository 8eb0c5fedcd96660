/** What the chart of a comparison shows. */

import { type Comparison, comparisonNotes, type MeasureChange } from '../model/comparison.ts';
import { amountText, deltaShareText, deltaText } from '../model/figure-text.ts';
import type { Amount } from '../model/figures.ts';
import { labelOf } from '../model/measures.ts';
import type { Finding, Report } from '../model/report.ts';
import type { ComparedFigure, ComparedFinding, CompareView } from '../model/view.ts';
import { gradeText } from './conclusion.ts';
import { runtimeName, workerName } from './facts.ts';
import { localTime } from './local-time.ts';

/** @param nameOf the name of a report's runtime */
export function compareView(
  comparison: Comparison,
  nameOf: (report: Report) => string = ({ runtime }) => runtimeName(runtime),
): CompareView {
  const { older, newer, measures, facts, sections, growth, imports, exports, metadata } = comparison;
  const names = [...new Set([older, newer].map(nameOf))];
  return {
    view: 'compare',
    title: names.join(' → '),
    older: { label: sideText(older) },
    newer: { label: sideText(newer) },
    notes: comparisonNotes(comparison),
    figures: measures.map(figure),
    facts,
    growth: {
      sections,
      crates: growth?.crates ?? [],
      owners: growth?.owners ?? [],
      functions: growth?.functions ?? [],
    },
    imports,
    exports,
    ...(metadata && { metadata }),
    newFindings: comparison.newFindings.map(finding),
    goneFindings: comparison.goneFindings.map(finding),
  };
}

/** One side of a comparison: its grade, its worker and its time. */
export function sideText(report: Report): string {
  const { worker, createdAt } = report;
  const facts = [
    gradeText(report),
    worker === undefined ? '' : `worker: ${workerName(worker)}`,
    // A reader compares it with the time of a build.
    localTime(createdAt),
  ];
  return facts.filter((fact) => fact !== '').join(', ');
}

function figure({ measure, was, now, delta }: MeasureChange): ComparedFigure {
  const change = deltaText(delta, measure.unit) ?? deltaShareText(delta);
  const text = (amount: Amount | undefined) => (amount === undefined ? undefined : amountText(amount));
  const [before, after] = [text(was), text(now)];
  return {
    label: labelOf(measure),
    ...(before !== undefined && { was: before }),
    ...(after !== undefined && { now: after }),
    direction: delta?.direction === 'grew' || delta?.direction === 'shrank' ? delta.direction : 'same',
    ...(change !== '' && { delta: change }),
  };
}

function finding({ id, severity, message }: Finding): ComparedFinding {
  return { id, severity, message };
}
