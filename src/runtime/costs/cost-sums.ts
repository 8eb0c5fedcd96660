/** Sums of what functions cost, by whatever groups them. */
import type { FunctionCosts } from '../../wasm/function-costs.ts';
import type { FunctionCost } from './cost-of-function.ts';

/** Are they the costs of a module with so many functions? Untrusted: another program may have written them. */
export function costsFit(
  { imports, micros, machineCodeBytes }: FunctionCosts,
  imported: number,
  defined: number,
): boolean {
  return imports === imported && micros.length === defined && machineCodeBytes.length === defined;
}

/** What the functions of a group cost. Whole nanoseconds, so that a sum does not depend on the order. */
export interface CostSum {
  nanos: number;
  machineCodeBytes: number;
}

/** Typed arrays, because a runtime has tens of thousands of functions. */
export class CostSums {
  readonly #nanos: Float64Array;
  readonly #machineCodeBytes: Float64Array;

  constructor(
    private readonly costs: FunctionCosts,
    groups: number,
  ) {
    this.#nanos = new Float64Array(groups);
    this.#machineCodeBytes = new Float64Array(groups);
  }

  /** A function that was not measured adds nothing. @param index in the function index space */
  add(group: number, index: number): void {
    const at = index - this.costs.imports;
    const bytes = this.costs.machineCodeBytes[at];
    if (!bytes) return;
    this.#nanos[group] = (this.#nanos[group] as number) + Math.round((this.costs.micros[at] as number) * 1000);
    this.#machineCodeBytes[group] = (this.#machineCodeBytes[group] as number) + bytes;
  }

  of(group: number): CostSum {
    return { nanos: this.#nanos[group] ?? 0, machineCodeBytes: this.#machineCodeBytes[group] ?? 0 };
  }
}

/** The members of a node. None when no function of it was measured. */
export function costMembers({ nanos, machineCodeBytes }: CostSum): FunctionCost | undefined {
  return machineCodeBytes === 0 ? undefined : { compileTimeMs: nanos / 1e6, machineCodeBytes };
}
