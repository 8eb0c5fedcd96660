/** What the views and commands need of the parts that find and check runtimes. */
import type { Event, ExtensionContext, LogOutputChannel } from 'vscode';
import type { Candidate, Place } from '../worker/locate/place.ts';
import type { CheckReason, CheckState, Runtime } from './model.ts';
import type { Translate } from './translate.ts';

export interface RuntimeSource {
  readonly all: readonly Runtime[];
  readonly state: 'searching' | 'ready';
  readonly onDidChange: Event<unknown>;
  /** Looks again; resolves when all folders were searched. */
  refresh(): Promise<void>;
  byId(id: string): Runtime | undefined;
  /** Takes a file that a person named, of whatever name. Rejects when it can't be read. */
  pick(path: string): Promise<Runtime>;
}

export interface CheckOptions {
  readonly reason: CheckReason;
  readonly signal?: AbortSignal;
}

/** `candidates` can be tried, best first; `places` tells where was looked. */
export interface WorkerList {
  readonly candidates: readonly Candidate[];
  readonly places: readonly Place[];
}

export interface CheckService {
  stateOf(id: string): CheckState;
  readonly onDidChange: Event<{ readonly runtime: Runtime; readonly state: CheckState }>;
  /** Resolves with the state after the job, also when it was cancelled or failed. */
  prepare(runtime: Runtime, options: CheckOptions): Promise<CheckState>;
  inspect(runtime: Runtime, options: CheckOptions): Promise<CheckState>;
  /** Without an id: all that run. */
  cancel(id?: string): void;
  clearHistory(): void;
  workerSummary(): Promise<WorkerList>;
  /** Text about the workers found and this machine, for a bug report. */
  diagnose(): Promise<string>;
}

/** Built once in `extension.ts` and handed to what needs it. */
export interface Services {
  readonly context: ExtensionContext;
  readonly channel: LogOutputChannel;
  readonly runtimes: RuntimeSource;
  readonly checks: CheckService;
  readonly t: Translate;
}
