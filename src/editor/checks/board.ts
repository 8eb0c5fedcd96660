import { stat } from 'node:fs/promises';
import { textOf } from '../../base/errors.ts';
import { type CheckKind, type CheckState, type Runtime, untouched } from '../model.ts';
import type { CheckOptions } from '../services.ts';
import type { CheckSettings } from './check-settings.ts';
import type { CheckAnswer, FileIdentity, Progress } from './check-thread/messages.ts';
import { History, isSameFile, type Kept, type KeptReport, type Store } from './history.ts';
import { JobLine, type LineJob } from './job-line.ts';
import { type AskOptions, CheckFailed } from './thread-client.ts';

/** What the board needs of the check thread. */
export interface Asker {
  ask(
    name: 'check',
    ask: { readonly kind: CheckKind; readonly path: string; readonly settings: CheckSettings },
    options: AskOptions,
  ): Promise<CheckAnswer>;
  ask(name: 'identify', ask: { readonly path: string }): Promise<FileIdentity | undefined>;
}

export interface BoardParts {
  readonly asker: Asker;
  readonly store: Store;
  readonly settingsOf: (runtime: Runtime) => CheckSettings;
  readonly changed: (runtime: Runtime, state: CheckState) => void;
  readonly logError: (message: string) => void;
}

const cancelled = { message: 'The check was cancelled; nothing was decided.' };

/** What is known of each runtime, and the checks that find out more. Knows no VS Code. */
export class Board {
  readonly #states = new Map<string, CheckState>();
  readonly #line = new JobLine();
  /** Of those that wait or run: when the file last changed as they began to read it; not yet known of one that waits. */
  readonly #reading = new Map<string, { readonly kind: CheckKind; changedMs?: number }>();
  readonly #history: History;

  constructor(private readonly parts: BoardParts) {
    this.#history = new History(parts.store, (error) => parts.logError(`The reports can't be kept: ${textOf(error)}`));
  }

  stateOf(id: string): CheckState {
    return this.#states.get(id) ?? untouched;
  }

  /** Resolves with the state after the check. Of a cancelled one it says so, while the state itself stays as it was. */
  check(kind: CheckKind, runtime: Runtime, { reason, signal }: CheckOptions): Promise<CheckState> {
    return new Promise((resolve) => {
      const reading: { kind: CheckKind; changedMs?: number } = { kind };
      const onAbort = () => this.#line.remove(job);
      const finish = (state: CheckState) => {
        if (this.#reading.get(runtime.id) === reading) this.#reading.delete(runtime.id);
        signal?.removeEventListener('abort', onAbort);
        resolve(state);
      };
      const isCancelled = () => finish({ ...this.stateOf(runtime.id), problem: cancelled });
      const job: LineJob = {
        subject: runtime.id,
        isUrgent: reason !== 'change',
        run: async (stop) =>
          (await this.#run(reading, runtime, stop)) ? finish(this.stateOf(runtime.id)) : isCancelled(),
        dropped: isCancelled,
      };
      if (signal?.aborted) return isCancelled();
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#line.add(job);
      this.#reading.set(runtime.id, reading);
    });
  }

  /** Does a check that waits or runs already tell of this state of the blob? */
  covers(kind: CheckKind, { id, blob }: Runtime): boolean {
    const reading = this.#reading.get(id);
    return reading?.kind === kind && (reading.changedMs === undefined || reading.changedMs === blob.changedMs);
  }

  cancel(id?: string): void {
    this.#line.cancel(id);
  }

  /** A runtime that was seen for the first time: shows what is kept of it, and whether that is still so. */
  async meet(runtime: Runtime): Promise<void> {
    const kept = this.#history.of(runtime.id);
    if (kept === undefined || this.#states.has(runtime.id)) return;
    this.#put(runtime, { ...idle(kept), isCurrent: isSameFile(kept.last, runtime.blob) });
    await this.compare(runtime);
  }

  /** Finds out whether the report is of the bytes that are on disk. True when it is. */
  async compare(runtime: Runtime): Promise<boolean> {
    const kept = this.#history.of(runtime.id);
    if (kept === undefined) return false;
    if (isSameFile(kept.last, runtime.blob)) return this.#setCurrent(runtime, true);
    const { sha256 } = kept.last.file;
    // Another size is another file; only what looks alike has to be read.
    const looksAlike = sha256 !== '' && kept.last.file.bytes === runtime.blob.bytes;
    const file = looksAlike
      ? await this.parts.asker.ask('identify', { path: runtime.blob.path }).catch(() => undefined)
      : undefined;
    return this.#setCurrent(runtime, file?.sha256 === sha256 && looksAlike);
  }

  /** It is no longer there. */
  forget({ id }: Runtime): void {
    this.#line.cancel(id);
    this.#states.delete(id);
    this.#history.forget(id);
  }

  clearHistory(runtimes: readonly Runtime[]): void {
    this.#history.clear();
    for (const runtime of runtimes) {
      const { activity } = this.stateOf(runtime.id);
      this.#put(runtime, { ...untouched, activity });
    }
  }

  #setCurrent(runtime: Runtime, isCurrent: boolean): boolean {
    const state = this.stateOf(runtime.id);
    if (state.report !== undefined && state.isCurrent !== isCurrent) this.#put(runtime, { ...state, isCurrent });
    return isCurrent;
  }

  /** Resolves with false when it was cancelled. */
  async #run(
    reading: { readonly kind: CheckKind; changedMs?: number },
    runtime: Runtime,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { kind } = reading;
    const startedMs = Date.now();
    const { path } = runtime.blob;
    const progressed = (progress: Progress) => {
      if (signal.aborted) return;
      const { report, previous, isCurrent } = this.stateOf(runtime.id);
      const activity = { kind: 'running' as const, startedMs, ...progress };
      this.#put(runtime, { activity, isCurrent, ...(report && { report }), ...(previous && { previous }) });
    };
    progressed({ phase: kind === 'inspect' ? 'inspecting' : 'starting' });
    try {
      const { asker, settingsOf } = this.parts;
      const before = await timesOf(path);
      if (before !== undefined) reading.changedMs = before.changedMs;
      const { report, file } = await asker.ask(
        'check',
        { kind, path, settings: settingsOf(runtime) },
        { signal, onProgress: progressed },
      );
      const times = { modifiedMs: 0, ...before };
      const kept: KeptReport = { report, file: { ...file, ...times } };
      const isCurrent = file.sha256 !== '' && report.outcome?.kind !== 'stale-input';
      if (report.outcome?.kind === 'cancelled') return this.#stop(runtime);
      this.#put(runtime, { ...idle(this.#history.add(runtime.id, kept)), isCurrent });
      return true;
    } catch (error) {
      if (error instanceof CheckFailed && error.failure.kind === 'cancelled') return this.#stop(runtime);
      this.#put(runtime, { ...this.stateOf(runtime.id), activity: { kind: 'idle' }, problem: this.#problemOf(error) });
      return true;
    }
  }

  #stop(runtime: Runtime): false {
    const state = this.stateOf(runtime.id);
    if (state.activity.kind === 'running') this.#put(runtime, { ...state, activity: { kind: 'idle' } });
    return false;
  }

  #problemOf(error: unknown): NonNullable<CheckState['problem']> {
    if (!(error instanceof CheckFailed) || error.failure.kind !== 'problem') {
      this.parts.logError(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { message: textOf(error) };
    }
    const { message, remedy, stack } = error.failure;
    if (stack !== undefined) this.parts.logError(stack);
    return { message, ...(remedy === undefined ? {} : { remedy }) };
  }

  #put(runtime: Runtime, state: CheckState): void {
    this.#states.set(runtime.id, state);
    this.parts.changed(runtime, state);
  }
}

function idle({ last, previous }: Kept): CheckState {
  const activity = { kind: 'idle' } as const;
  return { activity, report: last.report, isCurrent: true, ...(previous && { previous: previous.report }) };
}

/** As src/editor/runtimes/disk.ts tells them, to compare with a `BlobFile`. */
async function timesOf(path: string): Promise<{ modifiedMs: number; changedMs: number } | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats && { modifiedMs: stats.mtimeMs, changedMs: stats.ctimeMs };
}
