import type { FunctionCosts } from '../../wasm/function-costs.ts';

/** The members of a `SizeNode` that a preparation with costs adds. */
export interface FunctionCost {
  /** CPU time. */
  readonly compileTimeMs: number;
  readonly machineCodeBytes: number;
}

/**
 * Undefined for a function that was not measured, such as an imported one.
 * @param index in the function index space
 */
export function costOf({ imports, micros, machineCodeBytes }: FunctionCosts, index: number): FunctionCost | undefined {
  const bytes = machineCodeBytes[index - imports];
  const spent = micros[index - imports];
  return spent === undefined || !bytes ? undefined : { compileTimeMs: spent / 1000, machineCodeBytes: bytes };
}

/** Adds the costs to what is known about functions, by their index in the function index space. */
export function withCosts<Item extends { readonly index: number }>(
  items: readonly Item[],
  costs: FunctionCosts,
): readonly (Item & Partial<FunctionCost>)[] {
  return items.map((item) => ({ ...item, ...costOf(costs, item.index) }));
}
