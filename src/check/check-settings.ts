import type { BaselineIs } from '../model/baseline-is.ts';
import type { Token } from '../model/metadata.ts';
import type { TeamBudget } from '../model/team-budget.ts';
import type { DatedRelease } from '../polkadot/node-releases.ts';
import type { SizesRequest } from '../runtime/sizes/read-sizes.ts';
import type { RevisionId } from '../worker/wire/revision-id.ts';
import type { ConfigRequest } from './config/config-request.ts';
import type { JobSettings } from './job.ts';
import type { Severities } from './severities.ts';

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
  /** Measure what each function costs. Only the built-in worker can. Such a preparation is never answered from a cache. */
  readonly costs?: boolean;
}

/** How to read the metadata, which runs the runtime's code in an interpreter. */
export interface MetadataSettings {
  /** The chain's token. Absent: the metadata hash is not checked. */
  readonly token?: Token;
}

/** What a user can set for a check, on the command line or in the editor. */
export interface CheckSettings extends WorkerSettings, JobSettings {
  /** Name of a built-in profile, or path of a profile file. */
  readonly profile: string;
  /** The RPC endpoint of a relay chain, or of a parachain, that has the limits. Absent: the profile has. */
  readonly rpc?: string;
  /** The parachain on that chain whose code is the baseline. Absent: the chain is the parachain itself, or there is none. */
  readonly para?: number;
  /** The share from which on a size or the memory counts as near the relay chain's limit: 0.8. Absent: `defaultNear`. */
  readonly near?: number;
  /** Path of a budget file, or the budget itself. */
  readonly budget?: string | TeamBudget;
  /** Path of an earlier JSON report or blob, or `previous`, `pinned`, a commit or a branch of the history, or `chain`. The check compares with it. */
  readonly baseline?: string;
  /** Absent: an earlier build. */
  readonly baselineIs?: BaselineIs;
  /** What the report says about sizes. Absent: a tree down to the crates after a preparation, else nothing. */
  readonly sizes?: SizesRequest;
  /** Ids of errors that do not fail the check. */
  readonly allow?: readonly string[];
  /** Severities of findings that the team sets. */
  readonly severities?: Severities;
  /** The oldest release that the team's nodes run. A host function that is newer is an error. */
  readonly nodes?: DatedRelease;
  /** Absent: the metadata is not read. */
  readonly metadata?: MetadataSettings;
  /** Where the team's `pvf.json` is. Absent: it is already applied, or none counts. */
  readonly config?: ConfigRequest;
}
