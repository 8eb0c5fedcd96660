/** What the extension and its check thread say to each other. All of it is plain data. */
import type { FileState } from '../../base/file-state.ts';
import type { Log } from '../../base/log.ts';
import type { Report } from '../../model/report.ts';
import type { CheckSettings } from '../core/check-settings.ts';
import type { CheckKind, CheckProgress } from '../model.ts';
import type { WorkerList } from '../services.ts';

/** What the thread is started with. */
export interface ThreadData {
  readonly packageFolder: string;
  readonly packageVersion: string;
}

/** The blob in a file, and the state of the file when it was read. */
export interface FileIdentity {
  readonly codeHash: string;
  readonly file: FileState;
}

export interface CheckAnswer {
  readonly report: Report;
  /** The file as it was read; undefined: it changed while it was checked. */
  readonly file: FileState | undefined;
  /** The result was cached. No worker ran. */
  readonly fromCache: boolean;
}

/** What can be asked, and what it is answered with. */
export interface Requests {
  readonly check: {
    readonly ask: {
      readonly kind: CheckKind;
      readonly path: string;
      readonly settings: CheckSettings;
      /** Measures again, even if the result is cached. */
      readonly isForced?: boolean;
    };
    readonly answer: CheckAnswer;
  };
  readonly workers: { readonly ask: { readonly settings: CheckSettings }; readonly answer: WorkerList };
  readonly diagnose: { readonly ask: { readonly settings: CheckSettings }; readonly answer: string };
  /** Undefined: there is no such file, or it can't be read. */
  readonly identify: { readonly ask: { readonly path: string }; readonly answer: FileIdentity | undefined };
}

export type RequestName = keyof Requests;
export type Ask<Name extends RequestName> = Requests[Name]['ask'];
export type Answer<Name extends RequestName> = Requests[Name]['answer'];

export type Request = {
  readonly [Name in RequestName]: {
    readonly kind: 'ask';
    readonly id: number;
    readonly name: Name;
    readonly ask: Ask<Name>;
  };
}[RequestName];

export type ToThread = Request | { readonly kind: 'cancel'; readonly id: number } | { readonly kind: 'close' };

export type Progress = Omit<CheckProgress, 'startedMs'>;

/** Why there is no answer. */
export type Failure =
  | { readonly kind: 'cancelled' }
  /** `remedy`: what a person can do. `stack`: it is a defect of ours. */
  | { readonly kind: 'problem'; readonly message: string; readonly remedy?: string; readonly stack?: string };

export type FromThread =
  | { readonly kind: 'log'; readonly level: keyof Log; readonly message: string }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer<RequestName> }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure }
  /** What the extension has to clean up when the thread dies and can't. */
  | { readonly kind: 'guard'; readonly what: 'group' | 'folder'; readonly name: string; readonly isHeld: boolean };
