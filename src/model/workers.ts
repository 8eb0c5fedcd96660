/** What the search for a prepare worker found on a machine. Plain data: JSON and threads carry it as it is. */

/** The kind of place that a worker was looked for in. The search goes through them in this order. */
export type WorkerSource = 'setting' | 'workspace' | 'beside-polkadot' | 'path' | 'system' | 'store' | 'built-in';

/** One place of the search, and what was there. */
export interface WorkerPlace {
  readonly source: WorkerSource;
  /** Absolute where it is one file; a pattern with `*` where it covers several folders. */
  readonly path: string;
  readonly state: 'found' | 'missing' | 'not-a-file' | 'not-executable' | 'not-looked-at';
  /** A sentence for the user: what this means, or how to change it. */
  readonly note: string;
}

/** A file that may be a prepare worker. */
export interface WorkerCandidate {
  readonly source: WorkerSource;
  /** Absolute, as it was found. */
  readonly path: string;
  /** The same file with every symbolic link resolved. */
  readonly realPath: string;
  /** Last modification, in milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** The worker that a preparation would use. */
export type WorkerSelection =
  | { readonly kind: 'found'; readonly source: WorkerSource; readonly path: string }
  /** The search found no worker. */
  | { readonly kind: 'none' }
  /** The user asked for one worker, and it can't be used. No other takes its place. */
  | { readonly kind: 'requested-unusable' };

/** The result of a search. Nothing was run for it. */
export interface WorkersList {
  /** Every place that was looked at or left out, in the order of the search. */
  readonly places: readonly WorkerPlace[];
  /** What can be tried, best first. Each file is there once. */
  readonly candidates: readonly WorkerCandidate[];
  readonly selection: WorkerSelection;
}

export type SandboxFeature = 'landlock' | 'seccomp' | 'changeRoot' | 'secureClone';

export type SandboxProbe =
  | { readonly available: true }
  /** `reason`: what the worker said. */
  | { readonly available: false; readonly reason: string };

interface AnyWorkerFacts {
  /** The node version, as `--version` tells it. */
  readonly version: string;
  readonly wireRevision: string;
  /** 64 hex digits. The built-in worker has no file of its own; its engine and its package are hashed. */
  readonly sha256: string;
}

/** What a worker of Polkadot says about itself. */
export interface OfficialWorkerFacts extends AnyWorkerFacts {
  readonly kind: 'official';
  readonly security: Readonly<Record<SandboxFeature, SandboxProbe>>;
}

/** What the built-in worker says about itself. */
export interface BuiltInWorkerFacts extends AnyWorkerFacts {
  readonly kind: 'portable';
  /** `wasmtime 36.0.20 in WebAssembly` */
  readonly engine: string;
  readonly target: { readonly cpu: 'this-machine' | 'x86-64-v3'; readonly features: readonly string[] };
  /** How it comes by CPU time and memory. */
  readonly figures: 'measured' | 'estimated';
}

export type WorkerFacts = OfficialWorkerFacts | BuiltInWorkerFacts;

/** A candidate that was run, and what became of it. */
export type ExaminedCandidate =
  | { readonly kind: 'usable'; readonly source: WorkerSource; readonly path: string; readonly worker: WorkerFacts }
  | { readonly kind: 'unusable'; readonly source: WorkerSource; readonly path: string; readonly reason: string };

/** The search, and each worker that it found, examined. */
export interface Diagnosis {
  /** `Node 22.15.0`, `Electron 35.1.5 as Node` */
  readonly runtime: string;
  readonly cacheFolder: string;
  readonly examined: readonly ExaminedCandidate[];
  /** The selection takes the examinations into account. */
  readonly list: WorkersList;
}
