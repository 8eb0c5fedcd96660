/** What a compiler spent on each function that a module defines. Plain data, so that threads can exchange it. */
export interface FunctionCosts {
  /** Functions that the module imports. They come first in the function index space, and cost nothing. */
  readonly imports: number;
  /** CPU time in microseconds for each function that the module defines. 0: not measured. */
  readonly micros: Float64Array;
  /** Bytes of machine code of the same functions. */
  readonly machineCodeBytes: Uint32Array;
  /** CPU time of the whole compiler, with all its threads and everything that is no function's own, in milliseconds. */
  readonly engineCpuMs: number;
}
