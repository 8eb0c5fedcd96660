/** The symbol of each function of a module. */

import type { ModuleContents } from '../../wasm/contents.ts';
import { NO_NAME } from '../../wasm/inspector.ts';
import type { FunctionSymbol, SymbolReader } from '../symbols/symbols.ts';

export interface FunctionSymbols {
  /** Instances of a generic function that differ in their hash alone share a symbol. */
  readonly symbols: readonly FunctionSymbol[];
  /** For each function of the index space its place in `symbols`. `UNNAMED` without a name. */
  readonly ofFunction: Int32Array;
}

export const UNNAMED = NO_NAME;

/** @param functions of the index space */
export function functionSymbols(
  module: Uint8Array,
  { names }: ModuleContents,
  functions: number,
  reader: SymbolReader,
): FunctionSymbols {
  if (!names) return { symbols: [], ofFunction: new Int32Array(functions).fill(UNNAMED) };
  const { starts, ends } = names.functions;
  const ranges = new Uint32Array(functions * 2);
  for (let index = 0; index < functions; index += 1) {
    ranges[index * 2] = starts[index] ?? 0;
    ranges[index * 2 + 1] = ends[index] ?? 0;
  }
  const { symbols, places } = reader.readRanges(module, ranges);
  return { symbols, ofFunction: places };
}
