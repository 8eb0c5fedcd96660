import type { CostsSummary } from '../../model/report-costs.ts';
import { readFunctionBodies } from '../../wasm/function-bodies.ts';
import type { FunctionCosts } from '../../wasm/function-costs.ts';
import type { WasmModule } from '../../wasm/module.ts';
import { readNameSection } from '../../wasm/name-section.ts';
import { catchMalformed, type Section, sectionId } from '../../wasm/sections.ts';
import { type SymbolReader, shortName } from '../symbols/symbols.ts';
import { withCosts } from './cost-of-function.ts';
import { costsFit } from './cost-sums.ts';

const MAX_FUNCTIONS = 50;

/**
 * The costs of a module's functions, the costliest with names and sizes. Undefined when the costs are those of another module,
 * or when the module is damaged.
 * @param raw the decompressed module
 */
export function summarizeCosts(
  raw: Uint8Array,
  module: WasmModule,
  symbols: SymbolReader,
  costs: FunctionCosts,
): CostsSummary | undefined {
  const imports = module.imports.filter(({ kind }) => kind === 'function').length;
  const sizes = bodySizes(raw, module.sections);
  if (sizes === undefined || !costsFit(costs, imports, sizes.length)) return undefined;
  const names = readNameSection(raw, module.sections, imports + sizes.length)?.functions;
  const measured = withCosts(
    sizes.map((bytes, at) => ({ index: imports + at, bytes })),
    costs,
  ).flatMap(({ index, bytes, compileTimeMs, machineCodeBytes }) =>
    compileTimeMs === undefined || machineCodeBytes === undefined
      ? []
      : [{ index, compileTimeMs, machineCodeBytes, bytes }],
  );
  const costliest = measured.toSorted((a, b) => b.compileTimeMs - a.compileTimeMs).slice(0, MAX_FUNCTIONS);
  return {
    compileTimeMs: sum(measured.map(({ compileTimeMs }) => compileTimeMs)),
    engineCpuTimeMs: costs.engineCpuMs,
    machineCodeBytes: sum(measured.map(({ machineCodeBytes }) => machineCodeBytes)),
    measuredFunctions: measured.length,
    functions: costliest.map((one) => {
      const [start = 0, end = 0] = [names?.starts[one.index], names?.ends[one.index]];
      const [symbol] = start === end ? [] : symbols.read([raw.subarray(start, end)]);
      return symbol === undefined ? one : { name: shortName(symbol.name), ...one };
    }),
  };
}

/** Bytes of each body with its locals, without its length. Undefined when the code section is damaged. */
function bodySizes(raw: Uint8Array, sections: readonly Section[]): readonly number[] | undefined {
  const code = sections.find(({ id }) => id === sectionId('code'));
  if (code === undefined) return [];
  let sizes: readonly number[] | undefined;
  catchMalformed(() => {
    const { starts, entries } = readFunctionBodies(raw, code);
    sizes = Array.from(starts, (start, index) => (entries[index + 1] ?? start) - start);
  });
  return sizes;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
