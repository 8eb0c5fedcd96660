/** The costs of the text report. */
import type { CostsSummary, Report } from '../model/report.ts';
import { costCells, costlyParts, costShare, costTotalText, type NamedCost } from './costs.ts';
import { oneLine, type Paint, wrap } from './terminal.ts';

const MAX_FUNCTIONS = 8;
const MAX_PARTS = 6;

/** The crates, the owners and the functions that took the compiler longest. Empty without costs. */
export function costLines(report: Report, paint: Paint, width: number): string[] {
  const { costs } = report;
  const { crates, owners, functions } = costlyParts(report);
  if (costs === undefined || functions.length === 0) return [];
  const rows = functions.slice(0, MAX_FUNCTIONS).map((one) => costCells(one, costs));
  const [times, shares, sizes] = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    `${paint('Costliest to prepare', 'bold')}  ${costTotalText(costs)}`,
    ...partsLines('by crate:', crates, costs, width),
    ...partsLines('made for:', owners, costs, width),
    ...rows.map(([time = '', part = '', size = '', name = '']) =>
      shorten(
        `  ${time.padStart(times ?? 0)}  ${part.padStart(shares ?? 0)}  ${size.padStart(sizes ?? 0)}  ${oneLine(name)}`,
        width,
      ),
    ),
  ];
}

function partsLines(label: string, parts: readonly NamedCost[], costs: CostsSummary, width: number): readonly string[] {
  if (parts.length === 0) return [];
  const shown = parts.slice(0, MAX_PARTS).map((part) => `${oneLine(part.name)} ${costShare(part, costs)}`);
  return wrap(`${label} ${shown.join(', ')}`, width - 2).map((line) => `  ${line}`);
}

function shorten(line: string, width: number): string {
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
