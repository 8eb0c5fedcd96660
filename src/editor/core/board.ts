import { stat } from 'node:fs/promises';
import { errorMessage } from '../../base/errors.ts';
import type { Ask, CheckAnswer, FileIdentity, Progress } from '../check-thread/messages.ts';
import { type AskOptions, CheckFailed } from '../check-thread/thread-client.ts';
import { type CheckKind, type CheckState, type Runtime, untouched } from '../model.ts';
import type { CheckEnd, CheckOptions, Finished } from '../services.ts';
import { CheckLine, type CheckRun } from './check-line.ts';
import type { CheckSettings } from './check-settings.ts';
import { History, isSameFile, type Kept, type Store } from './history.ts';

/** What the board needs of the check thread. */
export interface Asker {
  ask(name: 'check', ask: Ask<'check'>, options: AskOptions): Promise<CheckAnswer>;
  ask(name: 'identify', ask: { readonly path: string }): Promise<FileIdentity | undefined>;
}

export interface BoardParts {
  readonly asker: Asker;
  readonly store: Store;
  readonly settingsOf: (runtime: Runtime) => CheckSettings;
  readonly changed: (runtime: Runtime, state: CheckState) => void;
  readonly finished: (finished: Finished) => void;
  readonly logError: (message: string) => void;
}

/** What is known of each runtime, and the checks that find out more. Knows no VS Code. */
export class Board {
  readonly #states = new Map<string, CheckState>();
  readonly #line = new CheckLine((run) => this.#run(run));
  readonly #history: History;

  constructor(private readonly parts: BoardParts) {
    this.#history = new History(parts.store, (error) =>
      parts.logError(`The reports can't be kept: ${errorMessage(error)}`),
    );
  }

  stateOf(id: string): CheckState {
    return this.#states.get(id) ?? untouched;
  }

  /** Never rejects. The report of a preparation has all that inspecting would tell, so it is not lost for that. */
  async check(kind: CheckKind, runtime: Runtime, options: CheckOptions): Promise<CheckEnd> {
    const { report, activity } = this.stateOf(runtime.id);
    const isPrepared = report?.outcome !== undefined && activity.kind === 'idle';
    if (kind === 'inspect' && isPrepared && (await this.compare(runtime))) {
      return { kind: 'checked', state: this.stateOf(runtime.id), isKnown: true };
    }
    return this.#line.ask(kind, runtime, options);
  }

  /** @param id absent: all */
  cancel(id?: string): void {
    this.#line.cancel('person', id);
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
    // Not what the last search saw: it may be a moment old.
    const now = await fileAt(runtime.blob.path);
    if (now !== undefined && isSameFile(kept.last, now)) return this.#setCurrent(runtime, true);
    const { sha256, bytes } = kept.last.file;
    // Another size is another file; only what looks alike has to be read.
    const looksAlike = sha256 !== '' && bytes === now?.bytes;
    const file = looksAlike
      ? await this.parts.asker.ask('identify', { path: runtime.blob.path }).catch(() => undefined)
      : undefined;
    return this.#setCurrent(runtime, file?.sha256 === sha256 && looksAlike);
  }

  /** It is no longer there. Its reports stay in the history: after a clean build it will be back. */
  forget({ id }: Runtime): void {
    this.#line.cancel('removed', id);
    this.#states.delete(id);
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

  async #run({ kind, runtime, isFresh, signal, began }: CheckRun): Promise<CheckEnd> {
    const startedMs = Date.now();
    const { path } = runtime.blob;
    const progressed = (progress: Progress) => {
      if (signal.aborted) return;
      const { problem: _, ...known } = this.stateOf(runtime.id);
      this.#put(runtime, { ...known, activity: { kind: 'running', startedMs, ...progress } });
    };
    progressed({ phase: kind === 'inspect' ? 'inspecting' : 'starting' });
    try {
      const { asker, settingsOf } = this.parts;
      const before = await fileAt(path);
      began(before?.changedMs);
      const ask = { kind, path, settings: settingsOf(runtime), isFresh };
      const { report, file, isKnown } = await asker.ask('check', ask, { signal, onProgress: progressed });
      if (signal.aborted || report.outcome?.kind === 'cancelled') return this.#stop(runtime);
      const isCurrent = file.sha256 !== '' && report.outcome?.kind !== 'stale-input';
      const kept = this.#history.add(runtime.id, { report, file: { modifiedMs: 0, ...before, ...file } });
      return this.#finish(runtime, { ...idle(kept), isCurrent }, isKnown);
    } catch (error) {
      if (signal.aborted || (error instanceof CheckFailed && error.failure.kind === 'cancelled')) {
        return this.#stop(runtime);
      }
      const problem = this.#problemOf(error);
      return this.#finish(runtime, { ...this.stateOf(runtime.id), activity: { kind: 'idle' }, problem }, false);
    }
  }

  #finish(runtime: Runtime, state: CheckState, isKnown: boolean): CheckEnd {
    this.#put(runtime, state);
    this.parts.finished({ runtime, state, isKnown });
    return { kind: 'checked', state, isKnown };
  }

  /** What was known before stays. */
  #stop(runtime: Runtime): CheckEnd {
    const state = this.stateOf(runtime.id);
    if (state.activity.kind === 'running') this.#put(runtime, { ...state, activity: { kind: 'idle' } });
    return { kind: 'cancelled', why: 'person' };
  }

  #problemOf(error: unknown): NonNullable<CheckState['problem']> {
    if (!(error instanceof CheckFailed) || error.failure.kind !== 'problem') {
      this.parts.logError(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { message: errorMessage(error) };
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

/** As src/editor/discovery/disk.ts tells them, to compare with a `BlobFile`. */
async function fileAt(path: string): Promise<{ bytes: number; modifiedMs: number; changedMs: number } | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats && { bytes: stats.size, modifiedMs: stats.mtimeMs, changedMs: stats.ctimeMs };
}
