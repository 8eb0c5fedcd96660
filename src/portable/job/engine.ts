/** The seam between the program and what compiles: the engine as WebAssembly threads, or a native helper. */
import type { CompileTarget } from '../../base/compile-target.ts';
import type { PrepareError } from '../../polkadot/prepare-error.ts';
import type { PrepKind } from '../../worker/wire/request.ts';

/** One request of a host in an engine's terms. */
export interface EngineJob {
  /** The blob as it came: raw wasm, or magic and zstd. */
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
  /** `PrecheckingMaxMemory`, bytes as a 64-bit worker counts them. Absent: none. Never 0. */
  readonly memoryLimit?: bigint;
  /** CPU time of the official worker; what an engine counts is brought to that before it is compared. */
  readonly cpuLimitMs: number;
  readonly kind: PrepKind;
  /** Where the artifact has to be in the end. An engine may write it there itself. */
  readonly artifactPath: string;
}

/**
 * How the artifact was made, and so what its figures mean.
 * `whole`: one instance compiled everything. `sharded`: several did. `stored`: with a store of functions, which may have
 * had any part of them. `native`: a native process; its figures are measured, not estimated.
 */
export type Plan = 'whole' | 'sharded' | 'stored' | 'native';

/** `written`: the file at the job's `artifactPath` is it. */
export type Artifact = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'written' };

export interface Prepared {
  readonly kind: 'prepared';
  readonly artifact: Artifact;
  /** Bytes after decompression. */
  readonly codeLength: number;
  /** Before instrumentation. */
  readonly functions: number;
  readonly instrumentedBytes: number;
  /** CPU time of the engine itself, all its threads. */
  readonly cpuMs: number;
  /** Peak of the engine's own tracking allocator (with several threads: of the leading one). */
  readonly peakBytes: number;
  readonly plan: Plan;
  /** Functions of an earlier job took part, so that `cpuMs` says nothing of this code. */
  readonly reused: boolean;
}

export interface Refused {
  readonly kind: 'refused';
  readonly error: PrepareError;
  readonly cpuMs: number;
  readonly plan: Plan;
}

/** How much slower this machine is than the one that the estimates were calibrated on; where figures are measured, 1. */
export interface OnMachine {
  readonly slowness: number;
}

export type EngineAnswer = (Prepared & OnMachine) | Refused;

export type EngineProgress =
  | { readonly kind: 'decompressed'; readonly bytes: number }
  | { readonly kind: 'planned'; readonly plan: Plan; readonly instances: number }
  | { readonly kind: 'compiled'; readonly done: number; readonly total: number }
  /** Milliseconds of the CPU. */
  | { readonly kind: 'timed'; readonly step: string; readonly ms: number };

export interface Engine {
  /**
   * Never rejects because of the code: a job that dies is a refusal with `JobDied`. Rejects with the signal's reason;
   * nothing of the job runs on then.
   */
  prepare(job: EngineJob, progress: (event: EngineProgress) => void, signal: AbortSignal): Promise<EngineAnswer>;
  /** Resolves when nothing that should outlast the process is being written any more. */
  idle(): Promise<void>;
}
