import type { SizesDepth } from '../runtime/inspect.ts';
import type { RevisionId } from '../worker/wire/revision.ts';
import type { JobSettings } from './job.ts';

/** `inspect` reads the blob. `prepare` runs a worker as well. */
export type CheckKind = 'prepare' | 'inspect';

/** Which worker to use, and how. */
export interface WorkerSettings {
  /** A path, or `portable` for the built-in worker. Absent: the first that the search finds. */
  readonly worker?: string;
  /** Forces this wire revision, whatever the worker's version is. */
  readonly wireRevision?: RevisionId;
  /** Number of compiler instances that the built-in worker runs in parallel. `auto`: depends on cores and memory. */
  readonly instances: number | 'auto';
  /** Folders whose `target` folders are searched for workers. Absolute paths. */
  readonly workspaceFolders: readonly string[];
  /** Whether programs of the workspace may run. */
  readonly trustWorkspace: boolean;
  /** The worker writes debug messages to the log. */
  readonly verbose: boolean;
}

export const baselineKinds = ['build', 'chain'] as const;

/** An earlier build, or the code that the chain runs. The chain's rules for upgrades apply only to the latter. */
export type BaselineIs = (typeof baselineKinds)[number];

/** What a user can set for a check, on the command line or in the editor. */
export interface CheckSettings extends WorkerSettings, JobSettings {
  /** Name of a built-in profile, or path of a profile file. */
  readonly profile: string;
  /** Path of a budget file. */
  readonly budget?: string;
  /** Path of an earlier JSON report or blob. The check compares with it. */
  readonly baseline?: string;
  /** Absent: an earlier build. */
  readonly baselineIs?: BaselineIs;
  /** How deep the size tree of the report goes. Absent: to the crates after a preparation, else there is none. */
  readonly sizes?: SizesDepth;
  /** Ids of errors that do not fail the check. */
  readonly allow?: readonly string[];
}
