/** Results of the search for a prepare worker. Plain data, for JSON and for messages between threads. */

/** Where a worker was found or looked for, in search order. `setting`: the user named it, with `--worker` or a setting. */
export const workerSources = [
  'setting',
  'workspace',
  'beside-polkadot',
  'path',
  'system',
  'store',
  'built-in',
] as const;
export type WorkerSource = (typeof workerSources)[number];

/** One place of the search, and its result. */
export interface WorkerPlace {
  readonly source: WorkerSource;
  /** An absolute path, or a pattern with `*` for several folders. */
  readonly path: string;
  readonly state:
    | 'found'
    | 'missing'
    | 'not-a-file'
    | 'not-executable'
    /** A program that can't be a prepare worker on this machine. */
    | 'wrong-program'
    /** It is there, but a workspace that is not trusted may have put it there. */
    | 'not-trusted'
    | 'not-looked-at';
  /** A sentence for the user: the meaning of the state, or a remedy. */
  readonly note: string;
}

/** A file that may be a prepare worker. Nothing has run it yet. */
export interface WorkerCandidate {
  readonly source: WorkerSource;
  /** Absolute; may contain symbolic links. */
  readonly path: string;
  /** The same path with every symbolic link resolved. */
  readonly realPath: string;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** The worker that a preparation uses. */
export type WorkerSelection =
  | { readonly kind: 'found'; readonly source: WorkerSource; readonly path: string }
  /** The search found no worker. */
  | { readonly kind: 'none' }
  /** The requested worker can't be used. Another worker never replaces it. */
  | { readonly kind: 'requested-unusable' };

/** The result of a search, which runs no worker. */
export interface WorkersList {
  /** Every place, including skipped ones, in search order. */
  readonly places: readonly WorkerPlace[];
  /** Best first; each file once. */
  readonly candidates: readonly WorkerCandidate[];
  readonly selection: WorkerSelection;
}

export const sandboxFeatures = ['landlock', 'seccomp', 'changeRoot', 'secureClone'] as const;
export type SandboxFeature = (typeof sandboxFeatures)[number];

/** Whether a worker can use a sandbox feature on this machine. `reason` is the worker's own. */
export type SandboxProbe = { readonly available: true } | { readonly available: false; readonly reason: string };

export type SandboxProbes = Readonly<Record<SandboxFeature, SandboxProbe>>;

/** Whether CPU time and memory are measured, or estimates of what a native worker would need. */
export type Figures = 'measured' | 'estimated';

interface AnyWorkerFacts {
  /** The node version that `--version` prints. */
  readonly version: string;
  readonly wireRevision: string;
  /** 64 hex digits. For the built-in worker: the hash of its engine and its package version. */
  readonly sha256: string;
}

/** Facts about one of Polkadot's own workers. */
export interface OfficialWorkerFacts extends AnyWorkerFacts {
  readonly kind: 'official';
  readonly security: SandboxProbes;
}

/** Facts about the built-in worker. */
export interface BuiltInWorkerFacts extends AnyWorkerFacts {
  readonly kind: 'portable';
  /** `wasmtime 36.0.20 in WebAssembly` */
  readonly engine: string;
  readonly target: { readonly cpu: 'this-machine' | 'x86-64-v3'; readonly features: readonly string[] };
  readonly figures: Figures;
}

export type WorkerFacts = OfficialWorkerFacts | BuiltInWorkerFacts;

/** A candidate, and the result of running it. */
export type ExaminedCandidate =
  | { readonly kind: 'usable'; readonly source: WorkerSource; readonly path: string; readonly worker: WorkerFacts }
  | { readonly kind: 'unusable'; readonly source: WorkerSource; readonly path: string; readonly reason: string };

/** The search, and the examination of each candidate. */
export interface Diagnosis {
  /** `Node 22.15.0`, `Electron 35.1.5 as Node` */
  readonly runtime: string;
  readonly cacheFolder: string;
  readonly examined: readonly ExaminedCandidate[];
  /** The selection takes the examinations into account. */
  readonly list: WorkersList;
}
