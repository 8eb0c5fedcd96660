import type { CostsSummary } from '../../model/report-costs.ts';
import { Cursor } from '../../wasm/cursor.ts';
import type { FunctionCosts } from '../../wasm/function-costs.ts';
import { functionName } from '../../wasm/function-names.ts';
import type { WasmModule } from '../../wasm/module.ts';
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
      const name = functionName(raw, module.sections, one.index);
      const [symbol] = name === undefined ? [] : symbols.read([name]);
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
    const cursor = new Cursor(raw, code.start, code.start + code.bytes);
    sizes = cursor.list(() => cursor.take(cursor.u32()).length);
  });
  return sizes;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
