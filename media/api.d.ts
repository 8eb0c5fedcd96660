/** The API of the extension Polkadot PVF: `vscode.extensions.getExtension<PvfApi>('polkadot-pvf.polkadot-pvf')?.activate()`. */

import type { Event, Uri } from 'vscode';

/** What other extensions get. */
export interface PvfApi {
  readonly version: string;
  /**
   * Prepares the runtime blob in a file. Resolves with a report whatever the verdict. Rejects if the file can't be read or
   * the preparation is cancelled.
   */
  prepare(uri: Uri, options?: { readonly signal?: AbortSignal }): Promise<Report>;
  /** Fires after each preparation, whatever started it, and also if the report of an unchanged blob was cached. */
  readonly onDidPrepare: Event<{ readonly uri: Uri; readonly report: Report }>;
}

/**
 * The result of preparing a parachain runtime. Sizes are in bytes, times in milliseconds, hashes in 0x-hex. An absent
 * member means "unknown", never zero. For several files, `pvf prepare --json` prints an array of reports.
 */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: {
    readonly name: string;
    readonly version: string;
  };
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly runtime: RuntimeSummary;
  /** The parachain that uses the code, if the code was read from a relay chain. */
  readonly para?: {
    /** The id of the parachain. */
    readonly id: number;
    /** In force, or voted on or scheduled. */
    readonly code: 'current' | 'pending';
    /** The spec name of the relay chain. */
    readonly relayChain: string;
    readonly block: {
      readonly number: number;
      readonly hash: string;
    };
    /** Where an upgrade stands on the relay chain. An absent member: there is none, or it is not known. */
    readonly upgrade: {
      /** `Paras.CurrentCodeHash` */
      readonly currentCodeHash?: string;
      /** `Paras.FutureCodeHash`: voted on, or accepted and not yet in force. */
      readonly futureCodeHash?: string;
      /** `Paras.FutureCodeUpgrades`: the relay block from which the new code may be used. */
      readonly enactedAt?: number;
      readonly vote?: {
        readonly codeHash: string;
        /** Validators that have voted for the code. */
        readonly accept: number;
        readonly reject: number;
        /** Validators of the session. Two thirds decide. */
        readonly validators: number;
        /** How many sessions the vote has been running. */
        readonly sessions: number;
      };
      /** `Paras.UpgradeCooldowns`: the relay block before which no upgrade is taken. */
      readonly cooldownUntil?: number;
      /** `Paras.UpgradeGoAheadSignal` */
      readonly goAhead?: 'go-ahead' | 'abort';
      /** `Paras.UpgradeRestrictionSignal`: the relay chain takes no upgrade now. */
      readonly isRestricted?: true;
    };
  };
  /** The part of a list (`--shard 2/3`). Absent: the whole was checked. */
  readonly shard?: {
    /** The part, from 1 on. */
    readonly index: number;
    /** The number of parts. */
    readonly count: number;
    /** The place of this entry in the whole list, from 0 on. */
    readonly position: number;
    /** The number of entries of the whole list. */
    readonly total: number;
    /** Identifies the whole list: the same in every part of it. */
    readonly list: string;
  };
  readonly metadata?: MetadataSummary;
  readonly worker?: WorkerSummary;
  readonly security?: SecuritySummary;
  readonly job?: JobSummary;
  readonly outcome?: OutcomeSummary;
  readonly stats?: Stats;
  readonly sizes?: Sizes;
  readonly costs?: CostsSummary;
  readonly limits: LimitsSummary;
  readonly findings: readonly Finding[];
  readonly vote: Vote;
  readonly conclusion: Conclusion;
}

export interface CompressionSummary {
  readonly kind: 'none' | 'zstd';
  /** zstd level; absent when the frame header does not reveal it. */
  readonly level?: number;
  /** Base-2 logarithm of the window size. */
  readonly windowLog?: number;
}

/** The file format of the runtime blob. */
export type ContainerKind = 'wasm' | 'compressed-wasm' | 'polkavm' | 'hex' | 'chain-spec';

export interface RuntimeSummary {
  /** The path as the user gave it. */
  readonly path: string;
  readonly container: ContainerKind;
  /** What the runtime blob was taken out of, the outermost first. A chain would not unwrap it. Absent: nothing. */
  readonly unwrapped?: readonly Wrapping[];
  /** Where a chain spec has this code: `genesis.raw.top.0x3a636f6465`, `codeSubstitutes.1161532`. */
  readonly codeAt?: string;
  /** Size of the blob as it would be stored on chain. */
  readonly storedBytes: number;
  /** Size after decompression; absent when the blob can't be decompressed. */
  readonly rawBytes?: number;
  readonly compression?: CompressionSummary;
  /** blake2b-256 of the bytes as stored. */
  readonly codeHash: string;
  readonly specName?: string;
  readonly specVersion?: number;
  readonly implVersion?: number;
  readonly transactionVersion?: number;
  /** The runtime APIs by the custom section `runtime_apis`. */
  readonly runtimeApis?: readonly {
    /** The first 8 bytes of blake2b of the trait's name, 0x-hex. */
    readonly id: string;
    readonly name?: string;
    readonly version: number;
  }[];
  /** Functions that the module defines; imports are not counted. */
  readonly functions?: number;
  readonly imports?: readonly {
    readonly module: string;
    readonly name: string;
    readonly kind: 'function' | 'table' | 'memory' | 'global' | 'tag';
  }[];
  readonly exports?: readonly {
    readonly name: string;
    readonly kind: 'function' | 'table' | 'memory' | 'global' | 'tag';
  }[];
  /** The memory, in pages of 64 KiB. */
  readonly memory?: {
    readonly minimum: number;
    readonly maximum?: number;
    readonly imported: boolean;
  };
  readonly sections?: readonly {
    readonly name: string;
    readonly bytes: number;
  }[];
  /** Which of wasm-builder's three files this is. */
  readonly buildVariant?: 'bloaty' | 'compact' | 'compressed';
  /** The cargo profile by the path of the file: `debug`, `release`, `production`, … */
  readonly buildProfile?: string;
  /** False for the runtime of a relay chain or solo chain; absent when unknown. */
  readonly isParachain?: boolean;
}

export type Wrapping =
  | 'gzip'
  | 'utf-16'
  | 'json'
  | 'rpc-answer'
  | 'byte-list'
  | 'surrounding-text'
  | 'quotes'
  | 'white-space'
  | 'base64'
  | 'scale-length'
  | 'encoded-call';

/** The four sandbox features, as the worker's own `--check-can-*` commands reported them; absent = not probed. */
export interface SecuritySummary {
  readonly landlock?: boolean;
  readonly seccomp?: boolean;
  readonly changeRoot?: boolean;
  readonly secureClone?: boolean;
}

/** The machine that the worker compiles for: always x86-64 Linux, like validators. */
export interface TargetSummary {
  /**
   * The CPU features that the code uses: those of `this-machine`, as with Polkadot's workers, or of the named level.
   */
  readonly cpu: 'this-machine' | 'x86-64-v3';
  /** Cranelift's names for the features. */
  readonly features: readonly string[];
}

export interface WorkerSummary {
  readonly kind: 'official' | 'portable';
  readonly path?: string;
  /** How the worker was chosen: `setting` when the user named it, otherwise the place where the search found it. */
  readonly foundAt?: 'setting' | 'workspace' | 'beside-polkadot' | 'path' | 'system' | 'store' | 'built-in';
  /** The output of `--version`, trimmed. */
  readonly version?: string;
  readonly wireRevision?: string;
  /** The compiler, if known: `wasmtime 36.0.20 in WebAssembly`. */
  readonly engine?: string;
  readonly target?: TargetSummary;
}

export interface ExecutorParamSummary {
  readonly name: string;
  /** A decimal string where the number may exceed 2^53. */
  readonly value?: string | number;
  readonly kind?: string;
}

/** `estimated`: what a native worker would need, based on what the built-in worker needed. */
export type FigureKind = 'measured' | 'estimated';

export interface JobSummary {
  readonly kind: 'precheck' | 'compile';
  /** CPU time that the preparation may take. */
  readonly prepTimeoutMs: number;
  /** Maximum size of the code after decompression. */
  readonly bombLimit: number;
  readonly executorParams: readonly ExecutorParamSummary[];
}

export interface MemoryStats {
  readonly peakTrackedAlloc?: number;
  readonly resident?: number;
  readonly allocated?: number;
  readonly maxRss?: number;
}

export interface OutcomeError {
  /** The name of Polkadot's `PrepareError`, or of our own cause for an outcome of ours. */
  readonly variant: string;
  /** The original text of the worker or the host. */
  readonly message: string;
  /** Whether Polkadot's host considers the error deterministic. */
  readonly deterministic: boolean;
}

/** The nine outcomes of Polkadot's host (`worker_interface.rs`), then ours, which are never the runtime's fault. */
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

export interface OutcomeSummary {
  readonly kind: OutcomeKind;
  readonly error?: OutcomeError;
}

export interface Stats {
  /** User and system time of the preparation. */
  readonly cpuTimeMs?: number;
  readonly cpuTimeIs?: FigureKind;
  /** Time from the request to the response, as the host measured it. */
  readonly wallTimeMs: number;
  /** Time to get an idle worker; 0 when one was already running. */
  readonly spawnMs: number;
  readonly memory?: MemoryStats;
  readonly memoryIs?: FigureKind;
  /** Length of the code after decompression, as the worker reported it. */
  readonly observedCodeBytes?: number;
  /** Size of the artifact itself. (Polkadot's host reports the size of the folder that holds it.) */
  readonly artifactBytes?: number;
  /** twox-256 of the artifact. */
  readonly artifactChecksum?: string;
}

/** `*-budget` items come from the user's own budget file, the others from the profile. */
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

export interface LimitItem {
  readonly id: LimitId;
  readonly used: number;
  readonly limit: number;
  /** used / limit */
  readonly ratio: number;
  readonly level: 'ok' | 'near' | 'over';
}

export interface LimitsSummary {
  readonly profile: string;
  /** The source of the profile's values. */
  readonly source: string;
  /** ISO 8601 day on which the values were read. */
  readonly date: string;
  /** What is not known of the limits, or was derived: one clause each. */
  readonly notes?: readonly string[];
  readonly items: readonly LimitItem[];
  /** The relay block at which the values were read. */
  readonly block?: {
    readonly number: number;
    readonly hash: string;
  };
  /** The same with the scheduled limits, the earliest first. Absent: none are scheduled, or none are known. */
  readonly pending?: readonly {
    /** The session from which it holds. */
    readonly fromSession?: number;
    readonly items: readonly LimitItem[];
    readonly vote?: 'accept' | 'reject' | 'undecided';
  }[];
}

export interface CodeOwner {
  readonly name: string;
  readonly kind: 'pallet' | 'crate' | 'unattributed';
  readonly bytes: number;
  readonly functions: number;
  /** CPU time that the compiler took. */
  readonly compileTimeMs?: number;
  /** Machine code that the compiler made of it. */
  readonly machineCodeBytes?: number;
}

export interface KeptBy {
  readonly name: string;
  readonly kind: 'pallet' | 'crate' | 'function';
  readonly functions: number;
  /** Its own code. */
  readonly bytes: number;
  /** What its removal would save, about: indirect calls are taken to reach every function of their type in a table. */
  readonly retainedBytes: number;
  /** Its functions that are in a table. What calls them from there is unknown. */
  readonly inTable: number;
  /**
   * The functions through which every call of it comes, from an export on. Empty when it is reached in ways that have
   * no function in common, or by no call.
   */
  readonly through: readonly string[];
  /** Functions that call it, the largest first. Not all of many. */
  readonly callers: readonly string[];
  readonly callerCount: number;
}

export interface Recompression {
  /** zstd level. */
  readonly level: number;
  readonly storedBytes: number;
  /** Stored size of the module without its name section. Absent: it has none. */
  readonly withoutNamesBytes?: number;
}

export interface RetainedSize {
  readonly name: string;
  readonly kind: 'pallet' | 'crate' | 'function';
  readonly functions: number;
  /** Its own code. */
  readonly bytes: number;
  /** What its removal would save, about: indirect calls are taken to reach every function of their type in a table. */
  readonly retainedBytes: number;
  /** Its functions that are in a table. What calls them from there is unknown. */
  readonly inTable: number;
}

export interface SizeNode {
  readonly name: string;
  readonly kind: 'file' | 'header' | 'section' | 'crate' | 'module' | 'function' | 'segment' | 'names' | 'unattributed';
  /** Equals the sum of the children unless there are none. */
  readonly bytes: number;
  /** Functions in this part. Each instance of a generic function counts. */
  readonly functions?: number;
  /** CPU time that the compiler took. */
  readonly compileTimeMs?: number;
  /** Machine code that the compiler made of it. */
  readonly machineCodeBytes?: number;
  /** The largest first. Empty for a leaf. */
  readonly children: readonly SizeNode[];
}

/** What each part of the module costs. Absent for a damaged module. */
export interface Sizes {
  /** Size of the decompressed module. */
  readonly totalBytes: number;
  /** Content of the code section. */
  readonly codeBytes: number;
  /** The part of `codeBytes` whose crate is known. */
  readonly attributedCodeBytes: number;
  /** The part of `codeBytes` that `owners` gives to a pallet or a crate of the team's own. */
  readonly ownedCodeBytes: number;
  readonly tree: SizeNode;
  /**
   * Pallets and crates of the team's own, with their code and the generic code made for them. The largest first. Their
   * sum is `codeBytes`.
   */
  readonly owners: readonly CodeOwner[];
  /** The owners and functions that save most. With `--top`. */
  readonly retained?: readonly RetainedSize[];
  /** What matches the name of `--why`, the largest first. */
  readonly keptBy?: readonly KeptBy[];
  /** What the strongest compression makes of the module. With `--recompress`. */
  readonly recompression?: {
    /** zstd level. */
    readonly level: number;
    readonly storedBytes: number;
    /** Stored size of the module without its name section. Absent: it has none. */
    readonly withoutNamesBytes?: number;
  };
}

export interface MetadataChange {
  readonly kind: 'added' | 'removed' | 'moved' | 'renamed' | 'retyped' | 'extended' | 'changed';
  readonly subject: 'pallet' | 'call' | 'argument' | 'storage' | 'event' | 'error' | 'constant' | 'api' | 'method' | 'extension';
  /** `Balances`, `Balances.transfer`, `Balances.transfer.value`, `CheckNonce` */
  readonly path: string;
  readonly was?: string;
  readonly now?: string;
  readonly class: 'needs-transaction-version' | 'needs-migration' | 'breaks-clients' | 'compatible';
}

/** The metadata of the runtime; present when it was requested. */
export interface MetadataSummary {
  /** One sentence: why the metadata can't be read. */
  readonly problem?: string;
  /** The metadata version. Below 14, the rest is unknown. */
  readonly version?: number;
  /** How many types the metadata describes. */
  readonly types?: number;
  readonly pallets?: readonly {
    readonly name: string;
    readonly index: number;
    readonly calls: number;
    readonly storage: number;
    readonly events: number;
    readonly errors: number;
    readonly constants: number;
  }[];
  /** Absent in metadata version 14. `runtime.runtimeApis` comes from the blob itself. */
  readonly runtimeApis?: readonly {
    readonly name: string;
    readonly version?: number;
    readonly methods: number;
  }[];
  readonly transactionExtensions?: readonly string[];
  /** The hash of CheckMetadataHash (RFC 78); absent when the runtime does not have that extension. */
  readonly hash?: {
    /** What the hash compiled in must be; absent when the token is unknown. */
    readonly computed?: string;
    /** What may be the hash compiled in. */
    readonly found: readonly string[];
    /** Whether metadata versions 15 and 16 give different hashes. */
    readonly differ?: boolean;
  };
  /** What changed since the baseline; absent without one. */
  readonly changes?: readonly MetadataChange[];
}

/**
 * What each function costs to prepare: CPU time of the engine of the built-in worker on this machine, and machine code.
 * Present after a preparation with `--costs` by the built-in worker.
 */
export interface CostsSummary {
  /** Sum over all functions. */
  readonly compileTimeMs: number;
  /**
   * CPU time of the whole engine on this machine: `compileTimeMs` and everything that is no function’s own, such as
   * validation and linking.
   */
  readonly engineCpuTimeMs: number;
  /** Sum over all functions. */
  readonly machineCodeBytes: number;
  readonly measuredFunctions: number;
  /** The 50 that took longest, the longest first. */
  readonly functions: readonly {
    /** From the name section, readable. */
    readonly name?: string;
    /** In the function index space, in which imported functions come first. */
    readonly index: number;
    readonly compileTimeMs: number;
    readonly machineCodeBytes: number;
    /** Size of the body in the decompressed module. */
    readonly bytes: number;
  }[];
}

/** Can this runtime ship? */
export interface Conclusion {
  /**
   * `fail`: validators would reject the blob, a limit or budget is exceeded, or a finding of severity error is not
   * allowed.
   */
  readonly status: 'pass' | 'fail' | 'undecided';
  /** One sentence in plain English. */
  readonly reason: string;
  /** Ids of the findings that decided it. */
  readonly because: readonly string[];
}

export interface Finding {
  /** Stable, kebab-case: `not-compressed`, `near-limit`, … */
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  /** What the user can do about it. */
  readonly hint?: string;
  readonly data?: Readonly<Record<string, string | number | boolean>>;
  /** The user allowed this error, so that it does not fail the runtime. */
  readonly allowed?: true;
}

/** How a validator would vote in pre-checking. `undecided` when no worker ran, or when the check itself failed. */
export type Vote = 'accept' | 'reject' | 'undecided';
