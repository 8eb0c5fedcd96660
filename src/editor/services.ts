/** What the views and commands need of the parts that find and check runtimes. */
import type { Event, ExtensionContext, LogOutputChannel } from 'vscode';
import type { Candidate, Place } from '../worker/locate/place.ts';
import type { CheckKind, CheckReason, CheckState, Runtime } from './model.ts';
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
  /** Measures anew what is known already. */
  readonly isFresh?: boolean;
}

/** How a check ended for one who asked for it. */
export type CheckEnd =
  /** With a report or a problem in the state. */
  | { readonly kind: 'checked'; readonly state: CheckState; readonly isKnown: boolean }
  /** By a person, or because the runtime is gone; nothing was found out. */
  | { readonly kind: 'cancelled'; readonly why: 'person' | 'removed' };

/** A check that came to its end. */
export interface Finished {
  readonly runtime: Runtime;
  readonly state: CheckState;
  /** No worker was asked: the blob did not change since it was. */
  readonly isKnown: boolean;
}

/** `candidates` can be tried, best first; `places` tells where was looked. */
export interface WorkerList {
  readonly candidates: readonly Candidate[];
  readonly places: readonly Place[];
}

export interface CheckService {
  stateOf(id: string): CheckState;
  readonly onDidChange: Event<{ readonly runtime: Runtime; readonly state: CheckState }>;
  /** Fires after each check, whatever started it; not after one that was cancelled. */
  readonly onDidFinish: Event<Finished>;
  /** Never rejects. */
  check(kind: CheckKind, runtime: Runtime, options: CheckOptions): Promise<CheckEnd>;
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
