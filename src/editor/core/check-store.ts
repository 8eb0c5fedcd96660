import { errorMessage } from '../../base/errors.ts';
import { type FileState, sameState, stateOf } from '../../base/file-state.ts';
import { previousReference, type Reference, type RuntimeHistory, referenceFor } from '../../model/history.ts';
import type { Report } from '../../model/report.ts';
import { type CheckState, inputPathOf, type RunningCheck, type Runtime, uncheckedState } from '../model.ts';
import { type LastReports, type Memento, ReportMemory, type StoredReport } from './report-memory.ts';

export interface CheckStoreOptions {
  readonly memento: Memento;
  /** Reads a file. Undefined, or a rejection: the file can't be read as a runtime. */
  readonly identify: (path: string) => Promise<{ readonly codeHash: string } | undefined>;
  readonly onChange: (runtime: Runtime, state: CheckState) => void;
  readonly logError: (message: string) => void;
}

/** The state of each runtime. Restores the reports of earlier sessions. */
export class CheckStore {
  readonly #states = new Map<string, CheckState>();
  readonly #reports: ReportMemory;

  constructor(private readonly options: CheckStoreOptions) {
    const { memento, logError } = options;
    this.#reports = new ReportMemory(memento, (error) =>
      logError(`The reports can't be saved: ${errorMessage(error)}`),
    );
  }

  stateOf(id: string): CheckState {
    return this.#states.get(id) ?? uncheckedState;
  }

  /** Restores the last report of a new runtime, then checks whether the report is still current. */
  async restore(runtime: Runtime): Promise<void> {
    const reports = this.#reports.get(runtime.id);
    if (reports === undefined || this.#states.has(runtime.id)) return;
    this.#set(runtime, idleState(reports, sameState(reports.last.file, runtime.blob)));
    await this.refreshIsCurrent(runtime);
  }

  /** Checks whether the report belongs to the bytes on disk. Updates the state, and returns the result. */
  async refreshIsCurrent(runtime: Runtime): Promise<boolean> {
    const reports = this.#reports.get(runtime.id);
    if (reports === undefined) return false;
    const isCurrent = await this.#isOfFile(reports.last, runtime);
    const state = this.stateOf(runtime.id);
    if (state.report !== undefined && state.isCurrent !== isCurrent) this.#set(runtime, { ...state, isCurrent });
    return isCurrent;
  }

  /** The runtime's blob was deleted. Its reports stay in the history, because it may be built again. */
  remove({ id }: Runtime): void {
    this.#states.delete(id);
  }

  /** Returns a function that undoes it, except for runtimes that were checked again. */
  clearHistory(runtimes: readonly Runtime[]): () => void {
    const entries = this.#reports.clear();
    const states = runtimes.map((runtime) => [runtime, this.stateOf(runtime.id)] as const);
    for (const [runtime, { activity }] of states) this.#set(runtime, { ...uncheckedState, activity });
    return () => {
      this.#reports.restore(entries);
      for (const [runtime, before] of states) {
        const { report, activity } = this.stateOf(runtime.id);
        if (report === undefined) this.#set(runtime, { ...before, activity });
      }
    };
  }

  /** A check waits for others. Keeps the state of a running one, which will end soon. */
  setQueued(runtime: Runtime): void {
    const state = this.stateOf(runtime.id);
    if (state.activity.kind === 'idle') this.#set(runtime, { ...state, activity: { kind: 'queued' } });
  }

  /** A check runs. */
  setProgress(runtime: Runtime, progress: RunningCheck): void {
    const { problem: _, ...state } = this.stateOf(runtime.id);
    this.#set(runtime, { ...state, activity: { kind: 'running', ...progress } });
  }

  /**
   * A check ended with a report.
   * @param file the file that was read; undefined: it changed during the check
   * @param history absent: it was not read
   */
  setReport(runtime: Runtime, report: Report, file: FileState | undefined, history?: RuntimeHistory): CheckState {
    const reports = this.#reports.add(runtime.id, { report, ...(file && { file }) });
    const isCurrent = file !== undefined && report.outcome?.kind !== 'stale-input';
    return this.#set(runtime, idleState(reports, isCurrent, history ?? this.stateOf(runtime.id).history));
  }

  /** The history was read again: another program may have added results, or pinned a baseline. */
  setHistory(runtime: Runtime, history: RuntimeHistory): void {
    const { history: before, reference: _, ...state } = this.stateOf(runtime.id);
    if (before !== undefined && isSameHistory(before, history)) return;
    const reference = state.report && referenceOf(state.report, state.previous, history);
    this.#set(runtime, { ...state, history, ...(reference && { reference }) });
  }

  /** A check ended without a report. Keeps the previous report. */
  setProblem(runtime: Runtime, problem: NonNullable<CheckState['problem']>): CheckState {
    return this.#set(runtime, { ...this.stateOf(runtime.id), activity: { kind: 'idle' }, problem });
  }

  /** A check was cancelled. Keeps the previous state. */
  setIdle(runtime: Runtime): void {
    const state = this.stateOf(runtime.id);
    if (state.activity.kind !== 'idle') this.#set(runtime, { ...state, activity: { kind: 'idle' } });
  }

  /** Does the report belong to the file on disk? The result of the last search may be out of date. */
  async #isOfFile({ report, file }: StoredReport, runtime: Runtime): Promise<boolean> {
    const now = await stateOf(runtime.blob.path).catch(() => undefined);
    if (file === undefined || now === undefined) return false;
    if (sameState(file, now)) return true;
    // A file of another size has other bytes. A file of the same size may only have been touched, so read it.
    if (file.bytes !== now.bytes) return false;
    const identity = await this.options.identify(inputPathOf(runtime)).catch(() => undefined);
    return identity?.codeHash === report.runtime.codeHash;
  }

  #set(runtime: Runtime, state: CheckState): CheckState {
    this.#states.set(runtime.id, state);
    this.options.onChange(runtime, state);
    return state;
  }
}

/** A new, repeated or pinned result has a new time. */
function isSameHistory(before: RuntimeHistory, now: RuntimeHistory): boolean {
  const [a, b] = [before, now].map(({ entries, pinned }) => [entries.length, entries.at(-1)?.at, pinned?.at].join());
  return a === b;
}

function idleState({ last, previous }: LastReports, isCurrent: boolean, history?: RuntimeHistory): CheckState {
  const reference = referenceOf(last.report, previous?.report, history);
  return {
    activity: { kind: 'idle' },
    report: last.report,
    isCurrent,
    ...(previous && { previous: previous.report }),
    ...(reference && { reference }),
    ...(history && { history }),
  };
}

/** Until the history was read, and where it can't be, the report of the build before. */
function referenceOf(
  report: Report,
  previous: Report | undefined,
  history: RuntimeHistory | undefined,
): Reference | undefined {
  return (history && referenceFor(report, history)) ?? (previous && previousReference(previous));
}
