/** What the parts of a runtime cost to prepare, for the text and the Markdown report. */
import { formatBytes, formatMillis, groupDigits } from '../base/units.ts';
import type { CostsSummary, Report } from '../model/report.ts';
import type { Sizes } from '../model/size-tree.ts';
import { crateNodes, knownOwners } from '../model/size-views.ts';
import type { SizeTable } from './sizes.ts';

const MAX_ROWS = 10;

/** A crate, an owner or a function that was measured. */
export interface CostRow {
  readonly name: string;
  readonly compileTimeMs: number;
  readonly machineCodeBytes: number;
}

/** The crates, the owners and the functions that took the compiler longest. Empty without costs. */
export function costTables({ costs, sizes }: Report): readonly SizeTable[] {
  if (costs === undefined) return [];
  const table = (title: string, last: string, rows: readonly CostRow[]): SizeTable => ({
    title,
    head: ['Compile time', 'Share', 'Machine code', last],
    rows: rows.slice(0, MAX_ROWS).map((row) => costCells(row, costs)),
  });
  return [
    table('By crate', 'Crate', crateCosts(sizes)),
    table('By pallet and own crate, with the generic code made for them', 'Name', ownerCosts(sizes)),
    table('By function', 'Function', functionCosts(costs)),
  ].filter(({ rows }) => rows.length > 0);
}

/** The costliest functions first. */
export function functionCosts({ functions }: CostsSummary): readonly CostRow[] {
  return functions.map((one) => ({ ...one, name: functionLabel(one) }));
}

/** The costliest crates first. */
export function crateCosts(sizes: Sizes | undefined): readonly CostRow[] {
  return sizes === undefined ? [] : costliest(crateNodes(sizes));
}

/** The costliest pallets and own crates first, with the generic code made for them. */
export function ownerCosts(sizes: Sizes | undefined): readonly CostRow[] {
  return sizes === undefined ? [] : costliest(knownOwners(sizes));
}

/** `12.3 ms · 4.5 % · 67.8 KiB`: time, its share, and machine code. */
export function costText(
  { compileTimeMs, machineCodeBytes }: Pick<CostRow, 'compileTimeMs'> & Partial<CostRow>,
  costs: CostsSummary,
): string {
  const size = machineCodeBytes === undefined ? [] : [formatBytes(machineCodeBytes)];
  return [formatMillis(compileTimeMs), costShare(compileTimeMs, costs), ...size].join(' · ');
}

/** The name of a function, or its place. */
export function functionLabel({ name, index }: CostsSummary['functions'][number]): string {
  return name ?? `function ${index}`;
}

export function costTotalText({ compileTimeMs, machineCodeBytes, measuredFunctions }: CostsSummary): string {
  const functions = `${groupDigits(measuredFunctions)} functions`;
  return `${functions}, ${formatMillis(compileTimeMs)} in this compiler, ${formatBytes(machineCodeBytes)} of machine code`;
}

/** Time, share of all functions, machine code and name. */
export function costCells({ name, compileTimeMs, machineCodeBytes }: CostRow, costs: CostsSummary): readonly string[] {
  return [formatMillis(compileTimeMs), costShare(compileTimeMs, costs), formatBytes(machineCodeBytes), name];
}

export function costShare(compileTimeMs: number, all: CostsSummary): string {
  return `${(all.compileTimeMs === 0 ? 0 : (compileTimeMs / all.compileTimeMs) * 100).toFixed(1)} %`;
}

function costliest(parts: readonly (Partial<CostRow> & Pick<CostRow, 'name'>)[]): readonly CostRow[] {
  return parts
    .flatMap(({ name, compileTimeMs, machineCodeBytes }) =>
      compileTimeMs === undefined || machineCodeBytes === undefined ? [] : [{ name, compileTimeMs, machineCodeBytes }],
    )
    .sort((a, b) => b.compileTimeMs - a.compileTimeMs);
}
