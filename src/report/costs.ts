/** What the parts of a runtime cost to prepare, as text and tables. */
import { formatBytes, formatMillis, groupDigits } from '../base/units.ts';
import type { CostsSummary, Report } from '../model/report.ts';
import { costliest, crateNodes, knownOwners } from '../model/size-views.ts';
import type { SizeTable } from './sizes.ts';

const MAX_ROWS = 10;

/** A crate, an owner or a function that was measured. */
export interface Cost {
  readonly compileTimeMs: number;
  readonly machineCodeBytes?: number;
}

export type NamedCost = Cost & { readonly name: string };

/** The parts of a runtime, the costliest first. Empty without costs. */
export interface CostlyParts {
  readonly crates: readonly NamedCost[];
  /** Pallets and own crates, with the generic code made for them. */
  readonly owners: readonly NamedCost[];
  readonly functions: readonly NamedCost[];
}

export function costlyParts({ costs, sizes }: Report): CostlyParts {
  return {
    crates: sizes === undefined ? [] : costliest(crateNodes(sizes)),
    owners: sizes === undefined ? [] : costliest(knownOwners(sizes)),
    functions: costs === undefined ? [] : costs.functions.map((one) => ({ ...one, name: functionLabel(one) })),
  };
}

/** Empty without costs. */
export function costTables(report: Report): readonly SizeTable[] {
  const { costs } = report;
  if (costs === undefined) return [];
  const { crates, owners, functions } = costlyParts(report);
  const table = (title: string, last: string, rows: readonly NamedCost[]): SizeTable => ({
    title,
    head: ['Compile time', 'Share', 'Machine code', last],
    rows: rows.slice(0, MAX_ROWS).map((row) => costCells(row, costs)),
  });
  return [
    table('By crate', 'Crate', crates),
    table('By pallet and own crate, with the generic code made for them', 'Name', owners),
    table('By function', 'Function', functions),
  ].filter(({ rows }) => rows.length > 0);
}

/** Time, its share, machine code and the name. */
export function costCells(part: NamedCost, costs: CostsSummary): readonly string[] {
  const { compileTimeMs, machineCodeBytes } = part;
  const size = machineCodeBytes === undefined ? '' : formatBytes(machineCodeBytes);
  return [formatMillis(compileTimeMs), costShare(part, costs), size, part.name];
}

/** `12.3 ms · 4.5 % · 67.8 KiB`: time, its share, and machine code. */
export function costText(part: Cost, costs: CostsSummary): string {
  const { machineCodeBytes } = part;
  const size = machineCodeBytes === undefined ? [] : [formatBytes(machineCodeBytes)];
  return [formatMillis(part.compileTimeMs), costShare(part, costs), ...size].join(' · ');
}

/** The name of a function, or its place. */
export function functionLabel({ name, index }: CostsSummary['functions'][number]): string {
  return name ?? `function ${index}`;
}

export function costTotalText({ compileTimeMs, machineCodeBytes, measuredFunctions }: CostsSummary): string {
  const functions = `${groupDigits(measuredFunctions)} functions`;
  return `${functions}, ${formatMillis(compileTimeMs)} in this compiler, ${formatBytes(machineCodeBytes)} of machine code`;
}

export function costShare({ compileTimeMs }: Cost, costs: CostsSummary): string {
  return `${(costs.compileTimeMs === 0 ? 0 : (compileTimeMs / costs.compileTimeMs) * 100).toFixed(1)} %`;
}
