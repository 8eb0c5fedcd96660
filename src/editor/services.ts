/** What views and commands need from the parts that find and check runtimes. */

import type { Event, ExtensionContext, LogOutputChannel } from 'vscode';
import type { CheckKind } from '../check/check-settings.ts';
import type { WorkersList } from '../model/workers.ts';
import type { CheckEnd, CheckOptions, CheckState, FinishedCheck, Runtime, RuntimeEntry } from './model.ts';
import type { Translate } from './translate.ts';

export interface RuntimeSource {
  readonly all: readonly Runtime[];
  readonly state: 'searching' | 'ready';
  readonly onDidChange: Event<unknown>;
  /** Searches again; resolves when all folders were searched. */
  refresh(): Promise<void>;
  byId(id: string): Runtime | undefined;
  /** The runtime of any file that the user names. Rejects when the file can't be read. */
  pick(path: string): Promise<Runtime>;
}

export interface CheckService {
  stateOf(id: string): CheckState;
  readonly onDidChange: Event<RuntimeEntry>;
  /** Fires after each check, whatever started it, but not after a cancelled one. */
  readonly onDidFinish: Event<FinishedCheck>;
  /** Never rejects. */
  check(kind: CheckKind, runtime: Runtime, options: CheckOptions): Promise<CheckEnd>;
  /** @param id absent: all runtimes */
  cancel(id?: string): void;
  clearHistory(): void;
  workerSummary(): Promise<WorkersList>;
  /** Text about the available workers and this machine, for a bug report. */
  diagnose(): Promise<string>;
}

/** Built once in `extension.ts` and passed to everything that needs it. */
export interface Services {
  readonly context: ExtensionContext;
  readonly channel: LogOutputChannel;
  readonly runtimes: RuntimeSource;
  readonly checks: CheckService;
  readonly t: Translate;
}

/** Every runtime with its present state. */
export function runtimeEntries({ runtimes, checks }: Pick<Services, 'runtimes' | 'checks'>): RuntimeEntry[] {
  return runtimes.all.map((runtime) => ({ runtime, state: checks.stateOf(runtime.id) }));
}
