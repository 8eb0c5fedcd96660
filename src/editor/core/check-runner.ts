import { errorMessage } from '../../base/errors.ts';
import { stateOf } from '../../base/file-state.ts';
import type { Log } from '../../base/log.ts';
import type { CheckProgress } from '../../check/check-progress.ts';
import type { CheckKind, CheckSettings } from '../../check/check-settings.ts';
import { nextPace } from '../../check/pace.ts';
import type { Report } from '../../model/report.ts';
import { builtInName } from '../../worker/built-in/version.ts';
import type { Params, Result } from '../check-thread/messages.ts';
import { CheckFailed } from '../check-thread/thread-client.ts';
import {
  type CheckEnd,
  type CheckOptions,
  type CheckState,
  type FinishedCheck,
  inputPathOf,
  type RunningCheck,
  type Runtime,
  uncheckedState,
} from '../model.ts';
import { type CheckRun, CheckScheduler } from './check-scheduler.ts';
import type { CheckStore } from './check-store.ts';

interface RequestOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CheckProgress) => void;
  readonly onInterim: (report: Report) => void;
}

export interface CheckRunnerOptions {
  /** Checks in the check thread. Rejects with `CheckFailed`. */
  readonly requestCheck: (params: Params<'check'>, options: RequestOptions) => Promise<Result<'check'>>;
  readonly store: CheckStore;
  readonly settingsOf: (runtime: Runtime) => CheckSettings;
  readonly onFinish: (finished: FinishedCheck) => void;
  readonly log: Pick<Log, 'info' | 'error'>;
}

/** Checks runtimes in the check thread, and puts the results in the store. */
export class CheckRunner {
  readonly #scheduler = new CheckScheduler((run) => this.#run(run), {
    onWait: ({ runtime, profile }) => profile === undefined && this.options.store.setQueued(runtime),
    onCancelled: ({ runtime, profile }) => profile === undefined && this.#cancelled(runtime),
  });

  constructor(private readonly options: CheckRunnerOptions) {}

  /** Never rejects. */
  async check(kind: CheckKind, runtime: Runtime, options: CheckOptions): Promise<CheckEnd> {
    const { store } = this.options;
    const { report, activity } = store.stateOf(runtime.id);
    // The report of a preparation contains all results of an inspection. Don't replace it with less.
    const isPrepared = report?.outcome !== undefined && activity.kind === 'idle';
    if (kind === 'inspect' && options.profile === undefined && isPrepared && (await store.refreshIsCurrent(runtime))) {
      return { kind: 'checked', state: store.stateOf(runtime.id), fromCache: true };
    }
    return this.#scheduler.check(kind, runtime, options);
  }

  /** @param id absent: all runtimes */
  cancel(id?: string): void {
    this.#scheduler.cancel('user', id);
  }

  /** The runtime's blob was deleted: cancels its check and removes it from the store. */
  remove(runtime: Runtime): void {
    this.#scheduler.cancel('removed', runtime.id);
    this.options.store.remove(runtime);
  }

  async #run(run: CheckRun): Promise<CheckEnd> {
    return run.profile === undefined ? this.#runForStore(run) : this.#runAgainst(run.profile, run);
  }

  /** The result is for the caller alone, because all views show that of the setting's profile. */
  async #runAgainst(profile: string, { kind, runtime, isForced, signal, beforeReading }: CheckRun): Promise<CheckEnd> {
    const { requestCheck, settingsOf } = this.options;
    try {
      beforeReading(await stateOf(runtime.blob.path).catch(() => undefined));
      const settings = { ...settingsFor(kind, false, settingsOf(runtime)), profile };
      const params = { kind, path: inputPathOf(runtime), settings, isForced, isRecorded: false };
      const silent = { onProgress: () => {}, onInterim: () => {} };
      const { report, file, fromCache } = await requestCheck(params, { signal, ...silent });
      if (signal.aborted || report.outcome?.kind === 'cancelled') return { kind: 'cancelled', why: 'user' };
      return { kind: 'checked', state: { ...uncheckedState, report, isCurrent: file !== undefined }, fromCache };
    } catch (error) {
      const isCancelled = error instanceof CheckFailed && error.failure.kind === 'cancelled';
      if (signal.aborted || isCancelled) return { kind: 'cancelled', why: 'user' };
      return { kind: 'checked', state: { ...uncheckedState, problem: this.#problemOf(error) }, fromCache: false };
    }
  }

  async #runForStore({ kind, runtime, isForced, hasCosts, signal, beforeReading }: CheckRun): Promise<CheckEnd> {
    const { requestCheck, store, settingsOf, log } = this.options;
    const { path } = runtime.blob;
    const startedMs = Date.now();
    let last: RunningCheck | undefined;
    const onProgress = (progress: CheckProgress) => {
      if (signal.aborted) return;
      const next = { startedMs, ...progress };
      const interim = last?.interim;
      last = { ...next, pace: nextPace(last, next, Date.now()), ...(interim && { interim }) };
      store.setProgress(runtime, last);
    };
    const onInterim = (interim: Report) => {
      // The report of an earlier preparation of the same bytes says more.
      if (signal.aborted || last === undefined || isPreparedReport(store.stateOf(runtime.id), interim)) return;
      last = { ...last, interim };
      store.setProgress(runtime, last);
    };
    onProgress({ phase: kind === 'inspect' ? 'inspecting' : 'starting' });
    log.info(`${runtime.name}: ${kind === 'inspect' ? 'inspecting' : 'preparing'} ${inputPathOf(runtime)}`);
    try {
      beforeReading(await stateOf(path).catch(() => undefined));
      const settings = settingsFor(kind, hasCosts, settingsOf(runtime));
      const params = { kind, path: inputPathOf(runtime), settings, isForced };
      const { report, file, fromCache, history } = await requestCheck(params, { signal, onProgress, onInterim });
      if (signal.aborted || report.outcome?.kind === 'cancelled') return this.#cancelled(runtime);
      return this.#finish(runtime, store.setReport(runtime, report, file, history), fromCache);
    } catch (error) {
      const isCancelled = error instanceof CheckFailed && error.failure.kind === 'cancelled';
      if (signal.aborted || isCancelled) return this.#cancelled(runtime);
      return this.#finish(runtime, store.setProblem(runtime, this.#problemOf(error)), false);
    }
  }

  #finish(runtime: Runtime, state: CheckState, fromCache: boolean): CheckEnd {
    this.options.onFinish({ runtime, state, fromCache });
    return { kind: 'checked', state, fromCache };
  }

  #cancelled(runtime: Runtime): CheckEnd {
    this.options.log.info(`${runtime.name}: the check was cancelled.`);
    this.options.store.setIdle(runtime);
    return { kind: 'cancelled', why: 'user' };
  }

  #problemOf(error: unknown): NonNullable<CheckState['problem']> {
    const { log } = this.options;
    if (!(error instanceof CheckFailed) || error.failure.kind !== 'problem') {
      log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { message: errorMessage(error) };
    }
    const { message, remedy, stack } = error.failure;
    if (stack !== undefined) log.error(stack);
    return { message, ...(remedy === undefined ? {} : { remedy }) };
  }
}

/** Metadata takes seconds, so an inspection goes without. Only the built-in worker measures costs. */
function settingsFor(kind: CheckKind, hasCosts: boolean, settings: CheckSettings): CheckSettings {
  if (hasCosts) return { ...settings, worker: builtInName, costs: true };
  const { metadata: _, ...others } = settings;
  return kind === 'inspect' ? others : settings;
}

function isPreparedReport({ report, isCurrent }: CheckState, { runtime: { codeHash } }: Report): boolean {
  return isCurrent && report?.outcome !== undefined && report.runtime.codeHash === codeHash;
}
