import { tmpdir } from 'node:os';
import { errorMessage } from '../base/errors.ts';
import { TaskGroup } from '../base/task-group.ts';
import type { Diagnosis, WorkersList } from '../model/workers.ts';
import { type RuntimeBlob, readRuntime } from '../runtime/blob.ts';
import { InputError } from '../runtime/input-error.ts';
import { type InspectBlob, inspectInThread } from '../runtime/inspect-in-thread.ts';
import { type HostDirectories, openHostDirectories } from '../worker/host/host-directories.ts';
import { type HostOptions, type OpenedHost, openHost } from '../worker/host/open-host.ts';
import { locateWorkers } from '../worker/locate/locate.ts';
import type { CandidateOptions } from '../worker/probe/examine.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';
import { BlobChecker, type CheckRun } from './blob-checker.ts';
import type { CheckEnvironment } from './check-environment.ts';
import { loadInputs } from './check-inputs.ts';
import type { CheckPlan, FileIdentity, RunOptions } from './check-plan.ts';
import { ProgressReporter } from './check-progress.ts';
import type { CheckResult } from './check-runtime.ts';
import type { CheckKind, CheckSettings, WorkerSettings } from './check-settings.ts';
import { chooseWorker, type WorkerChoice } from './choose-worker.ts';
import { type DiagnosisOptions, diagnoseWorkers, workersList } from './diagnosis.ts';
import { MachineError } from './machine-error.ts';
import { candidateOptions, spawnTimeoutMs, workerSearch } from './worker-search.ts';

export interface SessionOptions {
  /** Milliseconds without a preparation after which the warm worker ends; absent: it stays until the session ends. */
  readonly idleMs?: number;
  /** Inspects the blobs; absent: `inspectInThread`. */
  readonly inspect?: InspectBlob;
  /** Changes how hosts are opened. */
  readonly host?: Partial<Omit<HostOptions, 'worker' | 'directories' | 'logDirectives' | 'log' | 'guard'>>;
}

/**
 * Checks runtimes, and holds what the checks share: the search for a worker, the warm worker, the folders that it works
 * in, the speed of this machine, and the reports so far. The command line, the check thread and the bench only call it.
 */
export class CheckSession implements AsyncDisposable {
  readonly #environment: CheckEnvironment;
  readonly #hostOptions: SessionOptions['host'];
  readonly #blobs: BlobChecker;
  readonly #tasks = new TaskGroup();
  #directories: Promise<HostDirectories> | undefined;

  constructor(environment: CheckEnvironment, { idleMs, inspect = inspectInThread, host }: SessionOptions = {}) {
    this.#environment = environment;
    this.#hostOptions = host;
    this.#blobs = new BlobChecker({
      environment,
      inspect,
      idleMs,
      openHost: (worker, logDirectives) => this.#openHost(worker, logDirectives),
    });
  }

  /**
   * Checks the runtime in a file. Rejects with `InputError`, `ConfigError`, `MachineError`, the system's error, or the
   * signal's reason.
   * @param path as for `readRuntime`
   */
  async check(path: string, kind: CheckKind, settings: CheckSettings, options: RunOptions = {}): Promise<CheckResult> {
    return this.#run(kind, options, async (run) => {
      const { signal } = run;
      const [blob, plan] = await Promise.all([readRuntime(path, { signal }), this.#plan(kind, settings, signal)]);
      return this.#blobs.check(blob, plan, run);
    });
  }

  /** Checks a blob that was read already. Rejects with the system's error, or the signal's reason. */
  async checkBlob(blob: RuntimeBlob, plan: CheckPlan, options: RunOptions = {}): Promise<CheckResult> {
    return this.#run(plan.kind, options, (run) => this.#blobs.check(blob, plan, run));
  }

  /** Which runtime a file holds. Undefined when there is no such file, or when no runtime can be read from it. */
  async identify(path: string, signal?: AbortSignal): Promise<FileIdentity | undefined> {
    try {
      const { codeHash, state } = await readRuntime(path, signal === undefined ? {} : { signal });
      return { codeHash, file: state };
    } catch (error) {
      if (error instanceof InputError) return undefined;
      throw error;
    }
  }

  /** The worker that a preparation uses. Rejects with `MachineError`, or the signal's reason. */
  async chooseWorker(settings: WorkerSettings, signal?: AbortSignal): Promise<WorkerChoice> {
    return this.#tasks.run(signal, (combined) => this.#choose(settings, combined));
  }

  /** What the search finds. Runs no worker, and never rejects. */
  async workers(settings: WorkerSettings): Promise<WorkersList> {
    const search = workerSearch(settings, this.#environment);
    return workersList(await locateWorkers(search), search);
  }

  /** What the search finds, and what each worker can do here. Rejects with `MachineError`, or the signal's reason. */
  async diagnose(settings: WorkerSettings, options: DiagnosisOptions = {}): Promise<Diagnosis> {
    return this.#tasks.run(options.signal, async (signal) => {
      const examine = await this.#candidateOptions(settings);
      return diagnoseWorkers(workerSearch(settings, this.#environment), examine, { ...options, signal });
    });
  }

  /** The folders that workers use; the first call makes them. Rejects with `MachineError`. */
  async directories(): Promise<HostDirectories> {
    const { cacheFolder, guard, log } = this.#environment;
    this.#directories ??= openHostDirectories(cacheFolder, guard, log);
    try {
      return await this.#directories;
    } catch (cause) {
      // There may be room on the disk next time.
      this.#directories = undefined;
      throw new MachineError(
        `there is no folder for temporary files: ${errorMessage(cause)}`,
        `TMPDIR names the place for them (now ${tmpdir()}).`,
        { cause },
      );
    }
  }

  /** Cancels everything that runs, and ends the worker. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tasks[Symbol.asyncDispose]();
    await this.#blobs[Symbol.asyncDispose]();
    const directories = await this.#directories?.catch(() => undefined);
    await directories?.[Symbol.asyncDispose]();
  }

  #run<T>(kind: CheckKind, options: RunOptions, task: (run: CheckRun) => Promise<T>): Promise<T> {
    const { onProgress = () => {}, isForced = false } = options;
    return this.#tasks.run(options.signal, async (signal) => {
      using progress = new ProgressReporter(kind === 'inspect' ? 'inspecting' : 'starting', onProgress);
      return await task({ signal, progress, isForced });
    });
  }

  async #plan(kind: CheckKind, settings: CheckSettings, signal: AbortSignal): Promise<CheckPlan> {
    if (kind === 'inspect') return { kind, settings, inputs: await loadInputs(settings) };
    const [inputs, choice] = await Promise.all([loadInputs(settings), this.#choose(settings, signal)]);
    return { kind, settings, inputs, choice };
  }

  async #choose(settings: WorkerSettings, signal: AbortSignal): Promise<WorkerChoice> {
    return chooseWorker(workerSearch(settings, this.#environment), await this.#candidateOptions(settings), signal);
  }

  async #candidateOptions(settings: WorkerSettings): Promise<CandidateOptions> {
    return candidateOptions(settings, this.#environment, await this.directories());
  }

  async #openHost(worker: ExaminedWorker, logDirectives: string): Promise<OpenedHost> {
    const { log, guard } = this.#environment;
    const directories = await this.directories();
    return openHost({ spawnTimeoutMs, ...this.#hostOptions, worker, directories, logDirectives, log, guard });
  }
}
