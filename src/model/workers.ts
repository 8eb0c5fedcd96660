/** Results of the search for prepare workers on a machine. Plain data, for JSON and threads. */

/** The kinds of places to search, in the order of the search. */
export type WorkerSource = 'setting' | 'workspace' | 'beside-polkadot' | 'path' | 'system' | 'store' | 'built-in';

/** A searched place and its result. */
interface WorkerPlace {
  readonly source: WorkerSource;
  /** An absolute path, or a pattern with `*` for several folders. */
  readonly path: string;
  readonly state: 'found' | 'missing' | 'not-a-file' | 'not-executable' | 'not-looked-at';
  /** A sentence for the user: the meaning, or how to change it. */
  readonly note: string;
}

/** A file that may be a prepare worker. */
interface WorkerCandidate {
  readonly source: WorkerSource;
  /** The absolute path where the search found it. */
  readonly path: string;
  /** The path with all symbolic links resolved. */
  readonly realPath: string;
  /** Last modification, in milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** The worker that a preparation would use. */
export type WorkerSelection =
  | { readonly kind: 'found'; readonly source: WorkerSource; readonly path: string }
  /** The search found no worker. */
  | { readonly kind: 'none' }
  /** The user requested a worker that can't be used. No other worker replaces it. */
  | { readonly kind: 'requested-unusable' };

/** The result of a search, which runs no programs. */
export interface WorkersList {
  /** All places, searched or skipped, in the order of the search. */
  readonly places: readonly WorkerPlace[];
  /** Distinct files, the best first. */
  readonly candidates: readonly WorkerCandidate[];
  readonly selection: WorkerSelection;
}

export type SandboxFeature = 'landlock' | 'seccomp' | 'changeRoot' | 'secureClone';

type SandboxProbe =
  | { readonly available: true }
  /** `reason`: the worker's message. */
  | { readonly available: false; readonly reason: string };

interface AnyWorkerFacts {
  /** The node version, as `--version` prints it. */
  readonly version: string;
  readonly wireRevision: string;
  /** 64 hex digits. The built-in worker is not a single file, so its engine and its package are hashed. */
  readonly sha256: string;
}

/** What a Polkadot worker reports about itself. */
export interface OfficialWorkerFacts extends AnyWorkerFacts {
  readonly kind: 'official';
  readonly security: Readonly<Record<SandboxFeature, SandboxProbe>>;
}

/** What the built-in worker reports about itself. */
export interface BuiltInWorkerFacts extends AnyWorkerFacts {
  readonly kind: 'portable';
  /** `wasmtime 36.0.20 in WebAssembly` */
  readonly engine: string;
  readonly target: { readonly cpu: 'this-machine' | 'x86-64-v3'; readonly features: readonly string[] };
  /** Whether its CPU time and memory are measurements or estimates. */
  readonly figures: 'measured' | 'estimated';
}

export type WorkerFacts = OfficialWorkerFacts | BuiltInWorkerFacts;

/** A candidate that was run, with the result. */
export type ExaminedCandidate =
  | { readonly kind: 'usable'; readonly source: WorkerSource; readonly path: string; readonly worker: WorkerFacts }
  | { readonly kind: 'unusable'; readonly source: WorkerSource; readonly path: string; readonly reason: string };

/** The result of the search and of examining each candidate. */
export interface Diagnosis {
  /** `Node 22.15.0`, `Electron 35.1.5 as Node` */
  readonly runtime: string;
  readonly cacheFolder: string;
  readonly examined: readonly ExaminedCandidate[];
  /** The selection is based on the examined candidates. */
  readonly list: WorkersList;
}
