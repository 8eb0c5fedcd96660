/** The history of a runtime, for the terminal and as JSON. */

import { deltaOf } from '../model/delta.ts';
import { amountText, deltaShareText } from '../model/figure-text.ts';
import { amountOf } from '../model/figures.ts';
import {
  baselineName,
  type HistoryEntry,
  type PinnedBaseline,
  previousOf,
  type RuntimeHistory,
  shortCommit,
} from '../model/history.ts';
import { labelOf, type Measure, measuresForReading } from '../model/measures.ts';
import { localTime } from './local-time.ts';
import { oneLine } from './terminal.ts';

/** A table with the newest result last. Each figure has its change since the result before. */
export function formatHistory(history: RuntimeHistory, path: string): string {
  const { entries, pinned } = history;
  if (entries.length === 0 && pinned === undefined) {
    return `There are no results of ${oneLine(path)} yet. \`pvf prepare\` and \`pvf inspect\` add them.\n`;
  }
  const known = measuresForReading.filter((measure) => entries.some((entry) => amountOf(measure, entry) !== undefined));
  const head = ['Time', 'Commit', 'Branch', 'Version', 'Result', ...known.map(labelOf)];
  const rows = entries.map((entry, at) => rowOf(entry, { entries: entries.slice(0, at) }, known));
  const lines = columns([head, ...rows]);
  return `${[...lines, ...(pinned === undefined ? [] : ['', pinnedLine(pinned)])].join('\n')}\n`;
}

/** `{ entries, pinned? }` */
export function historyJson(history: RuntimeHistory): string {
  return `${JSON.stringify(history, null, 2)}\n`;
}

function rowOf(entry: HistoryEntry, earlier: RuntimeHistory, known: readonly Measure[]): string[] {
  const { at, git, runtime, worker, conclusion } = entry;
  const before = previousOf(entry, earlier);
  const figures = known.map((measure) => {
    const amount = amountOf(measure, entry);
    if (amount === undefined) return '';
    const delta = before && deltaOf(measure, before, entry);
    const isClear = delta?.direction === 'grew' || delta?.direction === 'shrank';
    return isClear ? `${amountText(amount)} ${deltaShareText(delta)}` : amountText(amount);
  });
  const result = worker === undefined ? 'inspected' : conclusion;
  const version = runtime.specVersion === undefined ? '' : `v${runtime.specVersion}`;
  return [
    localTime(at),
    git === undefined ? '' : shortCommit(git),
    oneLine(git?.branch ?? ''),
    version,
    result,
    ...figures,
  ];
}

function pinnedLine(pinned: PinnedBaseline): string {
  const { entry } = pinned;
  const figures = measuresForReading.flatMap((measure) => {
    const amount = amountOf(measure, entry);
    return amount === undefined ? [] : [`${measure.name} ${amountText(amount)}`];
  });
  return `Pinned baseline: ${oneLine(baselineName(pinned))} (${figures.join(', ')}).`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
