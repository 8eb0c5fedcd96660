import { formatBytes, formatMillis, groupDigits } from '../base/units.ts';
import type { CostsSummary, Report } from '../model/report.ts';
import { oneLine, type Paint } from './terminal.ts';

const MAX_FUNCTIONS = 8;

/** The functions that took the compiler longest, a line each. Empty without costs. */
export function costLines({ costs }: Report, paint: Paint, width: number): string[] {
  if (costs === undefined || costs.functions.length === 0) return [];
  const rows = costs.functions
    .slice(0, MAX_FUNCTIONS)
    .map((one) => [
      formatMillis(one.compileTimeMs),
      share(one, costs),
      formatBytes(one.machineCodeBytes),
      one.name ?? `function ${one.index}`,
    ]);
  const [times, shares, sizes] = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    `${paint('Costliest to prepare', 'bold')}  ${totalText(costs)}`,
    ...rows.map(([time = '', part = '', size = '', name = '']) =>
      shorten(
        `  ${time.padStart(times ?? 0)}  ${part.padStart(shares ?? 0)}  ${size.padStart(sizes ?? 0)}  ${oneLine(name)}`,
        width,
      ),
    ),
  ];
}

function totalText({ compileTimeMs, machineCodeBytes, measuredFunctions }: CostsSummary): string {
  const functions = `${groupDigits(measuredFunctions)} functions`;
  return `${functions}, ${formatMillis(compileTimeMs)} in this compiler, ${formatBytes(machineCodeBytes)} of machine code`;
}

function share({ compileTimeMs }: { readonly compileTimeMs: number }, costs: CostsSummary): string {
  return `${(costs.compileTimeMs === 0 ? 0 : (compileTimeMs / costs.compileTimeMs) * 100).toFixed(1)} %`;
}

function shorten(line: string, width: number): string {
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
