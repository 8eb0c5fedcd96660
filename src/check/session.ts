import { tmpdir } from 'node:os';
import { errorMessage } from '../base/errors.ts';
import type { FileState } from '../base/file-state.ts';
import { LruMap } from '../base/lru.ts';
import { isInside } from '../base/paths.ts';
import { TaskGroup } from '../base/task-group.ts';
import type { ChainReader } from '../chain/chain-reader.ts';
import { defaultProfileName } from '../limits/profile.ts';
import { loadProfile } from '../limits/profile-file.ts';
import { profilesFolder } from '../limits/saved-profiles.ts';
import type { BaselineIs } from '../model/baseline-is.ts';
import {
  baselineReference,
  type PinChoice,
  type Reference,
  type RuntimeHistory,
  referenceFor,
} from '../model/history.ts';
import type { MetadataResult } from '../model/metadata.ts';
import type { Report } from '../model/report.ts';
import type { Sizes } from '../model/size-tree.ts';
import type { Diagnosis, WorkersList } from '../model/workers.ts';
import { type RuntimeBlob, readRuntime } from '../runtime/blob.ts';
import { InputError } from '../runtime/input-error.ts';
import { type InspectBlob, inspectInThread } from '../runtime/inspect-in-thread.ts';
import type { ReadMetadataOptions } from '../runtime/metadata/read-metadata.ts';
import { type HostDirectories, openHostDirectories } from '../worker/host/host-directories.ts';
import { type HostOptions, type OpenedHost, openHost } from '../worker/host/open-host.ts';
import { locateWorkers } from '../worker/locate/locate.ts';
import type { CandidateOptions } from '../worker/probe/examine.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';
import { baselineFor, loadBaseline, type NamedBaseline } from './baseline.ts';
import { BlobChecker, type CheckRun, type EarlyInspection } from './blob-checker.ts';
import { ChainFactsCache } from './chain/chain-facts-cache.ts';
import { readChainFacts } from './chain/live-chain.ts';
import type { CheckEnvironment } from './check-environment.ts';
import { type CheckInputs, type CheckPlan, loadInputs, withBaseline } from './check-plan.ts';
import { type CheckProgress, ProgressReporter } from './check-progress.ts';
import type { CheckResult } from './check-runtime.ts';
import type { CheckKind, CheckSettings, WorkerSettings } from './check-settings.ts';
import { resolveConfig } from './config/apply-config.ts';
import { SessionHistory } from './history/session-history.ts';
import { MetadataCache } from './metadata-cache.ts';
import { changesBetween } from './metadata-summary.ts';
import { DISPLAY_BOMB_LIMIT, type SpecCodeSummary, summarizeCodes } from './spec-codes.ts';
import { candidateOptions, spawnTimeoutMs, workerSearch } from './worker-search.ts';
import { chooseWorker, type DiagnosisOptions, diagnoseWorkers, type WorkerChoice, workersList } from './workers.ts';

export interface SessionOptions {
  /** Stops the warm worker after so many milliseconds without a preparation. Absent: it runs until the session ends. */
  readonly idleMs?: number;
  /** Absent: `inspectInThread`. */
  readonly inspect?: InspectBlob;
  /** Changes how hosts are opened. */
  readonly host?: Partial<Omit<HostOptions, 'worker' | 'directories' | 'logDirectives' | 'log' | 'guard'>>;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Called at once, and then with each change. */
  readonly onProgress?: (progress: CheckProgress) => void;
  /** Measures again, even if the result is cached. */
  readonly isForced?: boolean;
  /** Adds the result to the history of the runtime. */
  readonly isRecorded?: boolean;
  /**
   * Called with the report of the inspection while the preparation runs; its vote is pending. Called again with the vote if the
   * metadata takes longer than the preparation. Not called for a cached report.
   */
  readonly onInterim?: (report: Report) => void;
}

/** A size tree down to the functions takes megabytes. */
const MAX_MEASURED = 2;

/** Which runtime a file holds. */
export interface FileIdentity {
  /** blake2b-256 of the blob as stored, 0x-hex. */
  readonly codeHash: string;
  /** State of the file when it was read. */
  readonly file: FileState;
}

/** This machine failed. That says nothing about any runtime. */
export class MachineError extends Error {
  override readonly name = 'MachineError';

  /**
   * @param message one clause without a full stop
   * @param remedy what the user can do about it: a whole sentence
   */
  constructor(
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Checks runtimes, and holds what the checks share: the chosen worker and its folders, the speed of this machine, and the
 * cached reports. The command line, the check thread and the bench use it.
 */
export class CheckSession implements AsyncDisposable {
  readonly #environment: CheckEnvironment;
  readonly #hostOptions: SessionOptions['host'];
  readonly #inspect: InspectBlob;
  readonly #blobs: BlobChecker;
  readonly #tasks = new TaskGroup();
  readonly #metadata = new MetadataCache();
  readonly #chains: ChainFactsCache;
  /** With the costs of each function, by code hash. A measurement takes long, so a chart need not repeat it. */
  readonly #measuredSizes = new LruMap<string, Sizes>(MAX_MEASURED);
  /** The results of earlier checks. */
  readonly history: SessionHistory;
  /** What was said about `pvf.json`, once and not at every build. */
  readonly #warned = new Set<string>();
  #directories: Promise<HostDirectories> | undefined;

  constructor(environment: CheckEnvironment, { idleMs, inspect = inspectInThread, host }: SessionOptions = {}) {
    this.#environment = environment;
    this.#hostOptions = host;
    this.#inspect = inspect;
    this.history = new SessionHistory(environment);
    this.#chains = new ChainFactsCache(environment.openChain);
    this.#blobs = new BlobChecker({
      environment,
      inspect,
      idleMs,
      metadata: this.#metadata,
      openHost: (worker, logDirectives) => this.#openHost(worker, logDirectives),
    });
  }

  /**
   * Checks the runtime in a file. Rejects with `InputError`, `ConfigError`, `ChainError`, `MachineError`, the system's error, or
   * the signal's reason.
   * @param path as for `readRuntime`
   */
  async check(path: string, kind: CheckKind, given: CheckSettings, options: RunOptions = {}): Promise<CheckResult> {
    return this.#run(kind, options, async (run) => {
      const { signal } = run;
      const settings = await this.resolve(given);
      const reading = readRuntime(path, { signal });
      const loading = this.loadInputs(settings, signal);
      if (kind === 'inspect') {
        const [blob, inputs] = await Promise.all([reading, loading]);
        return this.#check(blob, { kind, settings, inputs }, run, options);
      }
      // The inspection need not wait until a worker is chosen.
      const inspecting = Promise.all([reading, loading]).then(([blob, inputs]) =>
        this.#blobs.inspectEarly(blob, { settings, inputs }, run),
      );
      const [blob, inputs, early, choice] = await Promise.all([
        reading,
        loading,
        inspecting,
        this.#choose(settings, signal),
      ]);
      using _ending = early;
      return await this.#check(blob, { kind, settings, inputs, choice }, run, options, early);
    });
  }

  /**
   * Reads what the settings name, for `checkBlob`. Rejects with `ConfigError`, `ChainError`, or the signal's reason.
   * @param chain the chain of `settings.rpc`, if it is open already
   */
  async loadInputs(settings: CheckSettings, signal: AbortSignal, chain?: ChainReader): Promise<CheckInputs> {
    const { platform, processEnv: env, homeFolder } = this.#environment;
    return loadInputs(settings, {
      inspect: this.#inspect,
      signal,
      profilesFolder: profilesFolder({ platform, env, homeFolder }),
      readFacts: (request) => (chain === undefined ? this.#chains.read(request) : readChainFacts(chain, request)),
    });
  }

  /** Applies the team's `pvf.json`, if the settings ask for it. Rejects with `ConfigError`. */
  async resolve(settings: CheckSettings): Promise<CheckSettings> {
    return resolveConfig(settings, (message) => {
      if (this.#warned.has(message)) return;
      this.#warned.add(message);
      this.#environment.log.warn(message);
    });
  }

  /** Checks a blob that was read already. Rejects with `ConfigError`, the system's error, or the signal's reason. */
  async checkBlob(blob: RuntimeBlob, plan: CheckPlan, options: RunOptions = {}): Promise<CheckResult> {
    return this.#run(plan.kind, options, (run) => this.#check(blob, plan, run, options));
  }

  /** Undefined when there is no such file, or when no runtime can be read from it. */
  async identify(path: string, signal?: AbortSignal): Promise<FileIdentity | undefined> {
    try {
      const { codeHash, state } = await readRuntime(path, signal && { signal });
      return { codeHash, file: state };
    } catch (error) {
      if (error instanceof InputError) return undefined;
      throw error;
    }
  }

  /**
   * The size tree of the runtime in a file, down to the functions, with their costs if they were measured. Undefined when the
   * module is damaged. Rejects with `InputError`, or the signal's reason.
   */
  async sizes(path: string, signal?: AbortSignal): Promise<Sizes | undefined> {
    return this.#tasks.run(signal, async (combined) => {
      const options = { signal: combined };
      const { stored, codeHash } = await readRuntime(path, options);
      const measured = this.#measuredSizes.get(codeHash);
      if (measured !== undefined) return measured;
      return (await this.#inspect(stored, DISPLAY_BOMB_LIMIT, { ...options, sizes: { depth: 'functions' } })).sizes;
    });
  }

  /** The metadata of a blob, which is read once. Rejects with the signal's reason. */
  async metadata(blob: RuntimeBlob, options: ReadMetadataOptions): Promise<MetadataResult> {
    return this.#tasks.run(options.signal, (signal) => this.#metadata.of(blob, { ...options, signal }));
  }

  /** The codes of the chain spec in a file, to choose from. Rejects with `InputError`, or the signal's reason. */
  async specCodes(path: string, signal?: AbortSignal): Promise<readonly SpecCodeSummary[]> {
    return this.#tasks.run(signal, (combined) => summarizeCodes(path, this.#inspect, combined));
  }

  /** The worker that a preparation would use. Rejects with `MachineError`, or the signal's reason. */
  async chooseWorker(settings: WorkerSettings, signal?: AbortSignal): Promise<WorkerChoice> {
    return this.#tasks.run(signal, (combined) => this.#choose(settings, combined));
  }

  /** Estimated wall-clock milliseconds for preparing so many raw bytes on this machine. */
  async estimateMs(worker: ExaminedWorker, rawBytes: number): Promise<number> {
    return this.#blobs.estimateMs(worker, rawBytes);
  }

  /** Stops the warm worker once its job has ended. The next preparation starts another one. */
  restartWorker(): Promise<void> {
    return this.#blobs.restartWorker();
  }

  /** Lists the workers on this machine. Runs no worker, and never rejects. */
  async workers(settings: WorkerSettings): Promise<WorkersList> {
    const search = workerSearch(settings, this.#environment);
    return workersList(await locateWorkers(search), search);
  }

  /** Runs each worker on this machine to see what it can do. Rejects with `MachineError`, or the signal's reason. */
  async diagnose(settings: WorkerSettings, options: DiagnosisOptions = {}): Promise<Diagnosis> {
    return this.#tasks.run(options.signal, async (signal) => {
      const examine = await this.#candidateOptions(settings);
      return diagnoseWorkers(workerSearch(settings, this.#environment), examine, { ...options, signal });
    });
  }

  /** The folders that workers use. The first call creates them. Rejects with `MachineError`. */
  async directories(): Promise<HostDirectories> {
    const { cacheFolder, guard, log } = this.#environment;
    this.#directories ??= openHostDirectories(cacheFolder, guard, log);
    try {
      return await this.#directories;
    } catch (cause) {
      // The disk may have room next time.
      this.#directories = undefined;
      throw new MachineError(
        `there is no folder for temporary files: ${errorMessage(cause)}`,
        `Set TMPDIR to a folder that can be written (now ${tmpdir()}).`,
        { cause },
      );
    }
  }

  /**
   * Pins what the results of a runtime are compared with. Rejects with `ConfigError`, or the signal's reason.
   * @param path as for `readRuntime`; the file may be gone
   */
  async pinBaseline(path: string, choice: PinChoice, signal?: AbortSignal): Promise<RuntimeHistory> {
    return this.#tasks.run(signal, async (combined) => {
      return this.history.pin(path, choice, (file, is) => this.#loadBaseline(file, is, combined));
    });
  }

  /** Cancels all checks and stops the worker. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tasks[Symbol.asyncDispose]();
    await this.#blobs[Symbol.asyncDispose]();
    const directories = await this.#directories?.catch(() => undefined);
    await directories?.[Symbol.asyncDispose]();
  }

  #run<T>(kind: CheckKind, options: RunOptions, task: (run: CheckRun) => Promise<T>): Promise<T> {
    const { onProgress = () => {}, isForced = false, onInterim } = options;
    return this.#tasks.run(options.signal, async (signal) => {
      using progress = new ProgressReporter(kind === 'inspect' ? 'inspecting' : 'starting', onProgress);
      return await task({ signal, progress, isForced, onInterim });
    });
  }

  async #check(
    blob: RuntimeBlob,
    given: CheckPlan,
    run: CheckRun,
    { isRecorded = false }: RunOptions,
    early?: EarlyInspection,
  ): Promise<CheckResult> {
    const plan = await this.#withBaseline(blob, given);
    const result = await this.#blobs.check(blob, plan, run, early);
    const { costs, sizes } = result.report;
    if (costs && sizes) this.#measuredSizes.set(blob.codeHash, sizes);
    const history = isRecorded ? await this.#record(blob, result.report) : undefined;
    const { baseline } = plan.inputs;
    const reference =
      baseline === undefined ? history && referenceFor(result.report, history) : baselineReference(baseline);
    const report = baseline === undefined ? this.#withChanges(result.report, reference) : result.report;
    return { ...result, report, ...(history && { history }), ...(reference && { reference }) };
  }

  /** Adds what changed in the metadata since the result that the figures are compared with, if this session has read it. */
  #withChanges(report: Report, reference: Reference | undefined): Report {
    const older = reference && this.#metadata.known(reference.entry.runtime.codeHash);
    const changes = changesBetween(older, this.#metadata.known(report.runtime.codeHash));
    return report.metadata === undefined || changes === undefined
      ? report
      : { ...report, metadata: { ...report.metadata, changes: [...changes] } };
  }

  /** Where the cache folder can't be written, a warning has said so already. */
  async #record(blob: RuntimeBlob, report: Report): Promise<RuntimeHistory> {
    const artifacts = (await this.#directories?.catch(() => undefined))?.artifacts.folder;
    const isWritable = artifacts === undefined || isInside(artifacts, this.#environment.cacheFolder);
    return isWritable ? this.history.record(blob, report) : this.history.of(blob);
  }

  async #loadBaseline(file: string, is: BaselineIs, signal?: AbortSignal): Promise<NamedBaseline> {
    const { bombLimit } = await loadProfile(defaultProfileName);
    return loadBaseline(file, { is, bombLimit, inspect: this.#inspect, ...(signal && { signal }) });
  }

  async #withBaseline(blob: RuntimeBlob, plan: CheckPlan): Promise<CheckPlan> {
    const { baseline: name, baselineIs } = plan.settings;
    const { baselines } = plan.inputs;
    if (name === undefined || plan.inputs.baseline !== undefined) return plan;
    if (baselines !== undefined) return withBaseline(plan, baselineFor(blob.path, baselines));
    const baseline = await this.history.baseline(blob, name, baselineIs, (file, is) => this.#loadBaseline(file, is));
    return withBaseline(plan, baseline);
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
