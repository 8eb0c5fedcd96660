/** The interface between the worker and what compiles: the engine in WebAssembly threads, or a native helper. */
import type { CompileTarget } from '../base/compile-target.ts';
import type { PrepareError } from '../polkadot/prepare-error.ts';
import type { PrepKind } from '../worker/wire/request.ts';

/** One request of a host, in an engine's terms. */
export interface EngineJob {
  /** The blob as received: raw wasm, or magic and zstd. */
  readonly code: Uint8Array;
  /** Largest length after decompression, in bytes. */
  readonly bombLimit: number;
  readonly target: CompileTarget;
  /** Stack items; absent: the worker's own default. */
  readonly stackLogicalMax?: number;
  /** Bytes; absent: the worker's own default. */
  readonly stackNativeMax?: number;
  readonly bulkMemory: boolean;
  readonly eccRfc163: boolean;
  /** `PrecheckingMaxMemory`, in bytes that a 64-bit worker allocates. Absent: no limit. Never 0. */
  readonly memoryLimit?: bigint;
  /** CPU time of the official worker. An engine converts its own CPU time before it compares. */
  readonly cpuLimitMs: number;
  readonly kind: PrepKind;
  /** Where the artifact has to be when the job is done. An engine may write it there itself. */
  readonly artifactPath: string;
}

/**
 * How the artifact was made, which decides what its figures mean.
 * `whole`: one instance compiled everything. `sharded`: several instances did. `stored`: one instance with a store, which
 * had any part of the functions. `native`: a native process, whose figures are measured and not estimated.
 */
export type Plan = 'whole' | 'sharded' | 'stored' | 'native';

/** `written`: the artifact is in the file at the job's `artifactPath`. */
export type Artifact = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'written' };

export interface Prepared {
  readonly kind: 'prepared';
  readonly artifact: Artifact;
  /** Bytes after decompression. */
  readonly codeLength: number;
  /** Before instrumentation. */
  readonly functions: number;
  readonly instrumentedBytes: number;
  /** CPU time of the engine itself, all its threads together. */
  readonly cpuMs: number;
  /** Peak of the engine's own tracking allocator (with several threads, the largest). */
  readonly peakBytes: number;
  readonly plan: Plan;
  /** Functions of an earlier job were reused, so `cpuMs` says nothing about this code. */
  readonly reused: boolean;
}

export interface Refused {
  readonly kind: 'refused';
  readonly error: PrepareError;
  readonly cpuMs: number;
  readonly plan: Plan;
}

/** How much slower this machine is than that of the calibration; 1 where figures are measured. */
export interface OnMachine {
  readonly slowness: number;
}

export type EngineAnswer = (Prepared & OnMachine) | Refused;

export type EngineProgress =
  | { readonly kind: 'decompressed'; readonly bytes: number }
  | { readonly kind: 'planned'; readonly plan: Plan; readonly instances: number }
  | { readonly kind: 'compiled'; readonly done: number; readonly total: number }
  /** CPU time in milliseconds. */
  | { readonly kind: 'timed'; readonly step: string; readonly ms: number };

export interface Engine {
  /**
   * Never rejects because of the code: a job that dies is a refusal with `JobDied`. Rejects with the signal's reason, and
   * nothing of the job runs any more then.
   */
  prepare(job: EngineJob, progress: (event: EngineProgress) => void, signal: AbortSignal): Promise<EngineAnswer>;
  /** Resolves when everything that should outlast the process has been written. */
  idle(): Promise<void>;
}
