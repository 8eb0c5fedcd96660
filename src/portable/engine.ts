/** The interface between the worker and its compiler: the engine in WebAssembly threads, or a native helper. */
import type { CompileTarget } from '../base/compile-target.ts';
import type { PrepareError } from '../polkadot/prepare-error.ts';
import type { PrepKind } from '../worker/wire/request.ts';

/** One request of a host, in an engine's terms. */
export interface EngineJob {
  /** The blob as received: raw wasm, or magic and zstd. */
  readonly code: Uint8Array;
  /** Maximum length after decompression, in bytes. */
  readonly bombLimit: number;
  readonly target: CompileTarget;
  /** Stack items. Absent: the worker's default. */
  readonly stackLogicalMax?: number;
  /** Bytes. Absent: the worker's default. */
  readonly stackNativeMax?: number;
  readonly bulkMemory: boolean;
  readonly eccRfc163: boolean;
  /** `PrecheckingMaxMemory`, in bytes that a 64-bit worker allocates. Absent: no limit. Never 0. */
  readonly memoryLimit?: bigint;
  /** CPU time of an official worker. An engine converts its own CPU time before comparing. */
  readonly cpuLimitMs: number;
  readonly kind: PrepKind;
  /** Measure what each function costs. Everything is compiled anew then. */
  readonly costs: boolean;
  /** Final path of the artifact. An engine may write it there itself. */
  readonly artifactPath: string;
}

/**
 * How the artifact was compiled, which affects the estimates.
 * `whole`: by one instance. `sharded`: by several instances. `stored`: by one instance, with some or no functions from a
 * store. `native`: by a native process, with measured figures.
 */
export type Plan = 'whole' | 'sharded' | 'stored' | 'native';

/** `written`: the artifact is in the file at the job's `artifactPath`. */
type Artifact = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'written' };

export interface Prepared {
  readonly kind: 'prepared';
  readonly artifact: Artifact;
  /** Bytes after decompression. */
  readonly codeLength: number;
  /** Before instrumentation. */
  readonly functions: number;
  readonly instrumentedBytes: number;
  /** CPU time of all threads of the engine. */
  readonly cpuMs: number;
  /** Peak of the engine's tracking allocator; the maximum over all threads. */
  readonly peakBytes: number;
  readonly plan: Plan;
  /** Functions of an earlier job were reused, so `cpuMs` says nothing about this code. */
  readonly reused: boolean;
  /** What each function cost, if that was asked for (engine/src/costs.rs). */
  readonly costs?: Uint8Array;
}

interface Refused {
  readonly kind: 'refused';
  readonly error: PrepareError;
  readonly cpuMs: number;
  readonly plan: Plan;
}

/** CPU time on this machine relative to that of the calibration; 1 for measured figures. */
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
   * Never rejects because of the code: a job that dies is a refusal with `JobDied`. Rejects with the signal's reason after
   * the job has ended.
   */
  prepare(job: EngineJob, progress: (event: EngineProgress) => void, signal: AbortSignal): Promise<EngineAnswer>;
  /** Resolves when all data for later processes has been written. */
  idle(): Promise<void>;
}
