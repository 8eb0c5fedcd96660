/** What functions cost to prepare, as text. */
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
      functionLabel(one),
    ]);
  const [times, shares, sizes] = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    `${paint('Costliest to prepare', 'bold')}  ${costTotalText(costs)}`,
    ...rows.map(([time = '', part = '', size = '', name = '']) =>
      shorten(
        `  ${time.padStart(times ?? 0)}  ${part.padStart(shares ?? 0)}  ${size.padStart(sizes ?? 0)}  ${oneLine(name)}`,
        width,
      ),
    ),
  ];
}

/** `12.3 ms · 4.5 % · 67.8 KiB`: time, its share, and machine code. */
export function costText(part: Cost, costs: CostsSummary): string {
  const { machineCodeBytes } = part;
  const size = machineCodeBytes === undefined ? [] : [formatBytes(machineCodeBytes)];
  return [formatMillis(part.compileTimeMs), share(part, costs), ...size].join(' · ');
}

interface Cost {
  readonly compileTimeMs: number;
  readonly machineCodeBytes?: number;
}

/** The name of a function, or its place. */
export function functionLabel({ name, index }: CostsSummary['functions'][number]): string {
  return name ?? `function ${index}`;
}

export function costTotalText({ compileTimeMs, machineCodeBytes, measuredFunctions }: CostsSummary): string {
  const functions = `${groupDigits(measuredFunctions)} functions`;
  return `${functions}, ${formatMillis(compileTimeMs)} in this compiler, ${formatBytes(machineCodeBytes)} of machine code`;
}

function share({ compileTimeMs }: Cost, costs: CostsSummary): string {
  return `${(costs.compileTimeMs === 0 ? 0 : (compileTimeMs / costs.compileTimeMs) * 100).toFixed(1)} %`;
}

function shorten(line: string, width: number): string {
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
