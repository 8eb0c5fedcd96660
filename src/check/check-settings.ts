import type { RevisionId } from '../worker/wire/revision.ts';
import type { JobSettings } from './job.ts';

/** `inspect` looks into the blob; `prepare` runs a worker as well. */
export type CheckKind = 'prepare' | 'inspect';

/** Which worker to use, and how. */
export interface WorkerSettings {
  /** A path, or `portable` for the built-in worker; absent: the first that the search finds. */
  readonly worker?: string;
  /** Speaks this wire revision, whatever the worker's version says. */
  readonly wireRevision?: RevisionId;
  /** How many instances of the built-in worker's engine compile one runtime; `auto`: from cores and memory. */
  readonly instances: number | 'auto';
  /** The search looks for workers in the `target` folders of these. Absolute paths. */
  readonly workspaceFolders: readonly string[];
  /** May programs of the workspace be run? */
  readonly trustWorkspace: boolean;
  /** The worker writes debug messages to the log. */
  readonly verbose: boolean;
}

/** What a user can set for a check. The command line and the editor's settings both map to it. */
export interface CheckSettings extends WorkerSettings, JobSettings {
  /** Name of a built-in profile, or path of a profile file. */
  readonly profile: string;
  /** Path of a budget file. */
  readonly budget?: string;
  /** Path of an earlier JSON report. The check reports growth since then. */
  readonly baseline?: string;
}
