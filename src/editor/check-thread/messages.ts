/** The messages between the extension and its check thread. All are plain data. */
import type { FileState } from '../../base/file-state.ts';
import type { Log } from '../../base/log.ts';
import type { CheckProgress } from '../../check/check-progress.ts';
import type { CheckKind, CheckSettings } from '../../check/check-settings.ts';
import type { CompareInput } from '../../check/compare-files.ts';
import type { AllowRequest, BudgetRequest } from '../../check/config/edit-config.ts';
import type { FileIdentity } from '../../check/session.ts';
import type { SpecCodeSummary } from '../../check/spec-codes.ts';
import type { Profile } from '../../limits/profile.ts';
import type { PinChoice, RuntimeHistory } from '../../model/history.ts';
import type { Report } from '../../model/report.ts';
import type { Sizes } from '../../model/size-tree.ts';
import type { CompareView } from '../../model/view.ts';
import type { WorkersList } from '../../model/workers.ts';
import type { FetchedLimits, ProfileList, ProfilesRequest } from '../core/profiles.ts';

/** The `workerData` of the thread. */
export interface ThreadData {
  readonly packageFolder: string;
  readonly packageVersion: string;
}

export type ComparedRuntime = CompareInput & { readonly name: string };

/** The requests by name, each with its params and its result. */
export interface Requests {
  readonly check: {
    readonly params: {
      readonly kind: CheckKind;
      readonly path: string;
      readonly settings: CheckSettings;
      /** Measures again, even if the result is cached. */
      readonly isForced?: boolean;
      /** False: the history does not get the result. */
      readonly isRecorded?: boolean;
    };
    readonly result: {
      readonly report: Report;
      /** State of the checked file. Undefined: the file changed during the check. */
      readonly file: FileState | undefined;
      /** The result was cached. No worker ran. */
      readonly fromCache: boolean;
      /** The results of the runtime, this one included. */
      readonly history?: RuntimeHistory | undefined;
    };
  };
  /** The results of a runtime, those of the command line too. */
  readonly history: { readonly params: { readonly path: string }; readonly result: RuntimeHistory };
  readonly pinBaseline: {
    readonly params: { readonly path: string; readonly choice: PinChoice };
    readonly result: RuntimeHistory;
  };
  /** The result is what `restoreHistory` takes. */
  readonly clearHistory: { readonly params: { readonly path: string }; readonly result: RuntimeHistory };
  readonly restoreHistory: {
    readonly params: { readonly path: string; readonly history: RuntimeHistory };
    readonly result: RuntimeHistory;
  };
  readonly workers: { readonly params: { readonly settings: CheckSettings }; readonly result: WorkersList };
  /** The result is a section of a Markdown document. */
  readonly diagnose: { readonly params: { readonly settings: CheckSettings }; readonly result: string };
  /** The runtime in a file. Undefined if the file doesn't exist or contains no readable runtime. */
  readonly identify: { readonly params: { readonly path: string }; readonly result: FileIdentity | undefined };
  /** Stops the warm worker. The next preparation starts another one. */
  readonly restartWorker: { readonly params: Readonly<Record<string, never>>; readonly result: null };
  /** The size tree of the runtime in a file, with its costs if they were measured. */
  readonly sizes: { readonly params: { readonly path: string }; readonly result: Sizes | undefined };
  /** Compares two runtimes. The texts have the names that the editor gives to them. */
  readonly compare: {
    readonly params: {
      readonly older: ComparedRuntime;
      readonly newer: ComparedRuntime;
      readonly settings: CheckSettings;
    };
    readonly result: { readonly view: CompareView; readonly markdown: string };
  };
  /** The text of a `pvf.json` with the budget of a report. */
  readonly createBudget: { readonly params: BudgetRequest; readonly result: string };
  /** The text of a `pvf.json` that allows one more finding. */
  readonly allowFinding: { readonly params: AllowRequest; readonly result: string };
  /** The page about the upgrade to a runtime. The result is Markdown. */
  readonly upgrade: {
    readonly params: {
      readonly path: string;
      /** The report of the preparation of the same code. */
      readonly report: Report;
      readonly settings: CheckSettings;
    };
    readonly result: string;
  };
  /** The codes of a chain spec. Empty if the file is none. */
  readonly specCodes: { readonly params: { readonly path: string }; readonly result: readonly SpecCodeSummary[] };
  /** The saved profiles. */
  readonly profiles: { readonly params: ProfilesRequest; readonly result: ProfileList };
  /** Reads the limits of a live chain. */
  readonly fetchLimits: {
    readonly params: {
      readonly url: string;
      /** The name or the path of the profile to compare with. */
      readonly against: string;
    };
    readonly result: FetchedLimits;
  };
  /** Resolves with the path of the file. */
  readonly saveProfile: {
    readonly params: {
      readonly profile: Profile;
      /** The root of a workspace folder. Absent: the profile is saved for the user. */
      readonly workspaceFolder?: string;
    };
    readonly result: string;
  };
}

export type RequestName = keyof Requests;
export type Params<Name extends RequestName> = Requests[Name]['params'];
export type Result<Name extends RequestName> = Requests[Name]['result'];

export type Request = {
  readonly [Name in RequestName]: {
    readonly kind: 'request';
    readonly id: number;
    readonly name: Name;
    readonly params: Params<Name>;
  };
}[RequestName];

export type ToThread = Request | { readonly kind: 'cancel'; readonly id: number } | { readonly kind: 'close' };

/** Why a request has no result. */
export type Failure =
  | { readonly kind: 'cancelled' }
  /** `remedy`: what the user can do. `stack`: present for a defect of this tool. */
  | { readonly kind: 'problem'; readonly message: string; readonly remedy?: string; readonly stack?: string };

export type FromThread =
  | { readonly kind: 'log'; readonly level: keyof Log; readonly message: string }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: CheckProgress }
  /** A report before the last: see `RunOptions.onInterim`. */
  | { readonly kind: 'interim'; readonly id: number; readonly report: Report }
  | { readonly kind: 'result'; readonly id: number; readonly result: Result<RequestName> }
  | { readonly kind: 'error'; readonly id: number; readonly failure: Failure }
  /** What the extension has to clean up if the thread dies. */
  | { readonly kind: 'guard'; readonly what: 'group' | 'folder'; readonly name: string; readonly isHeld: boolean };
