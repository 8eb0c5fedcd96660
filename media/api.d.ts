/** The API of the extension Polkadot PVF: `vscode.extensions.getExtension<PvfApi>('polkadot-pvf.polkadot-pvf')?.activate()`. */

import type { Event, Uri } from 'vscode';

/** What other extensions get. */
export interface PvfApi {
  readonly version: string;
  /**
   * Prepares the runtime blob in a file. Resolves with the report of any verdict; rejects when there is none, since the file
   * can't be read or the job was cancelled.
   */
  prepare(uri: Uri, options?: { readonly signal?: AbortSignal }): Promise<Report>;
  /** Fires after each preparation, whatever started it, also where the blob had not changed and its report was known. */
  readonly onDidPrepare: Event<{ readonly uri: Uri; readonly report: Report }>;
}

/** What a blob is as stored on chain. */
export type BlobKind = 'wasm' | 'compressed-wasm' | 'polkavm' | 'unknown';

/** The file format that a runtime blob came in. */
export type ContainerKind = BlobKind | 'hex' | 'chain-spec';

/**
 * The one value that everything a person sees is a view of. Sizes in bytes, times in milliseconds, hashes as 0x-hex.
 * An absent member means "not known", never zero. `media/report.schema.json` says the same for other programs.
 */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly runtime: RuntimeSummary;
  readonly worker?: WorkerSummary;
  readonly security?: SecuritySummary;
  readonly job?: JobSummary;
  readonly outcome?: OutcomeSummary;
  readonly stats?: Stats;
  readonly limits: LimitsSummary;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

export interface RuntimeSummary {
  /** As the person gave it. */
  readonly path: string;
  /** What kind of file the runtime blob came in. */
  readonly container: ContainerKind;
  /** Size of the blob as it would be stored on chain. */
  readonly storedBytes: number;
  /** Size after decompression; absent when it can't be decompressed. */
  readonly rawBytes?: number;
  readonly compression?: CompressionSummary;
  /** blake2b-256 of the bytes as stored. */
  readonly codeHash: string;
  readonly specName?: string;
  readonly specVersion?: number;
  readonly implVersion?: number;
  /** Functions defined in the module (imports not counted). */
  readonly functions?: number;
  readonly imports?: number;
  readonly exports?: number;
  readonly sections?: readonly { readonly name: string; readonly bytes: number }[];
  /** Which of wasm-builder's three files this is. */
  readonly buildVariant?: BuildVariant;
}

export interface CompressionSummary {
  readonly kind: 'none' | 'zstd';
  /** zstd level, where the frame header tells it. */
  readonly level?: number;
  /** Base-2 logarithm of the window size. */
  readonly windowLog?: number;
}

export interface WorkerSummary {
  readonly kind: 'official' | 'portable';
  readonly path?: string;
  /** What `--version` printed, trimmed. */
  readonly version?: string;
  readonly wireRevision?: string;
  /** The compiler, where that is known: `wasmtime 36.0.20 in WebAssembly`. */
  readonly engine?: string;
  /** What it compiles for, where that is known. */
  readonly target?: TargetSummary;
}

/** Always x86-64 Linux, as validators have it. */
export interface TargetSummary {
  /** Whose CPU features are used: `this-machine` as a worker of Polkadot's does, or the named level. */
  readonly cpu: 'this-machine' | 'x86-64-v3';
  /** Cranelift's names of them. */
  readonly features: readonly string[];
}

/** The four sandbox features as the worker's own `--check-can-*` words told; absent = not probed. */
export interface SecuritySummary {
  readonly landlock?: boolean;
  readonly seccomp?: boolean;
  readonly changeRoot?: boolean;
  readonly secureClone?: boolean;
}

export interface JobSummary {
  readonly kind: 'precheck' | 'compile';
  /** CPU time that the preparation may take. */
  readonly prepTimeoutMs: number;
  readonly bombLimit: number;
  readonly executorParams: readonly ExecutorParamSummary[];
}

export interface ExecutorParamSummary {
  readonly name: string;
  /** Decimal text where the number may exceed 2^53. */
  readonly value?: string | number;
  readonly kind?: string;
}

export interface OutcomeSummary {
  readonly kind: OutcomeKind;
  readonly error?: {
    /** Name of Polkadot's `PrepareError`, or of our own cause where `kind` is one of ours. */
    readonly variant: string;
    /** The text as the worker or the host gave it. */
    readonly message: string;
    /** Would Polkadot's host call it deterministic? */
    readonly deterministic: boolean;
  };
}

export interface Stats {
  /** User and system time of the preparation. */
  readonly cpuTimeMs?: number;
  /** `estimated`: what a native worker would need, judged by what the built-in one needed. */
  readonly cpuTimeIs?: 'measured' | 'estimated';
  /** From the request to the answer, as the host saw it. */
  readonly wallTimeMs: number;
  /** Time to get an idle worker: 0 when one was warm. */
  readonly spawnMs: number;
  readonly memory?: {
    readonly peakTrackedAlloc?: number;
    readonly resident?: number;
    readonly allocated?: number;
    readonly maxRss?: number;
  };
  /** Of `memory.peakTrackedAlloc`, as `cpuTimeIs`. */
  readonly memoryIs?: 'measured' | 'estimated';
  /** Length of the code after decompression, as the worker saw it. */
  readonly observedCodeBytes?: number;
  /** Size of the artifact itself. (Polkadot's host reports the size of the directory it stands in.) */
  readonly artifactBytes?: number;
  readonly artifactChecksum?: string;
}

export interface LimitsSummary {
  readonly profile: string;
  /** Where the profile's values were read. */
  readonly source: string;
  /** ISO 8601 day on which they were read. */
  readonly date: string;
  readonly items: readonly LimitItem[];
}

export interface LimitItem {
  readonly id: LimitId;
  readonly used: number;
  readonly limit: number;
  /** used / limit */
  readonly ratio: number;
  readonly level: 'ok' | 'near' | 'over';
}

export interface Finding {
  /** Stable, kebab-case: `not-compressed`, `near-limit`, … */
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  /** What a person can do about it. */
  readonly hint?: string;
  readonly data?: Readonly<Record<string, string | number | boolean>>;
}

export interface Verdict {
  /** How a validator would vote in pre-checking; `undecided` when our side failed. */
  readonly vote: 'accept' | 'reject' | 'undecided';
  readonly reason: string;
}

export type BuildVariant =
  | 'bloaty'
  | 'compact'
  | 'compressed';

export type OutcomeKind =
  | 'concluded'
  | 'unreachable'
  | 'create-tmp-file'
  | 'rename-tmp-file'
  | 'clear-worker-dir'
  | 'timed-out'
  | 'io-error'
  | 'out-of-memory'
  | 'job-died'
  | 'not-spawned'
  | 'unsupported-worker'
  | 'cancelled'
  | 'stale-input';

export type LimitId =
  | 'code-size'
  | 'raw-code-size'
  | 'cpu-time'
  | 'memory'
  | 'stored-bytes-budget'
  | 'raw-bytes-budget'
  | 'artifact-bytes-budget'
  | 'cpu-time-budget'
  | 'memory-budget';
