import { createHash } from 'node:crypto';
import { checkRuntime, type Preparer } from '../../check/check-runtime.ts';
import { chooseWorker, type WorkerChoice } from '../../check/choose-worker.ts';
import { inspectRuntime } from '../../check/inspect-runtime.ts';
import type { JobSettings } from '../../check/job.ts';
import { PreparationRates } from '../../check/rates.ts';
import { loadBudget } from '../../limits/budget.ts';
import { loadProfile } from '../../limits/profile-file.ts';
import type { Report } from '../../model/report.ts';
import { type RuntimeBlob, readRuntime } from '../../runtime/blob.ts';
import { readFileSafely } from '../../runtime/read-file.ts';
import { type HostDirectories, openHostDirectories } from '../../worker/host/host-directories.ts';
import type { CheckSettings } from '../core/check-settings.ts';
import { Answers, answerKey, isLasting } from './answers.ts';
import { Hosts } from './hosts.ts';
import type { Ask, CheckAnswer, FileIdentity, Progress } from './messages.ts';
import { examineOptions, type ThreadSurroundings, workerSearch } from './surroundings.ts';

export interface CheckRun {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Makes the reports. Keeps the worker warm and the answers in memory. */
export class Checker implements AsyncDisposable {
  readonly #answers = new Answers();
  readonly #hosts: Hosts;
  readonly #rates: PreparationRates;
  #directories: Promise<HostDirectories> | undefined;

  constructor(private readonly surroundings: ThreadSurroundings) {
    this.#hosts = new Hosts(surroundings);
    this.#rates = new PreparationRates(surroundings.cacheFolder);
  }

  /** Rejects with InputError, ConfigError, the system's error, or the signal's reason. */
  async check({ kind, path, settings, isFresh = false }: Ask<'check'>, run: CheckRun): Promise<CheckAnswer> {
    run.onProgress({ phase: kind === 'inspect' ? 'inspecting' : 'starting' });
    const [file, inputs, choice] = await Promise.all([
      identityOf(path, run.signal),
      inputsOf(settings),
      kind === 'inspect' ? undefined : this.#choose(settings, run.signal),
    ]);
    const worker = choice?.kind === 'worker' ? choice.worker : undefined;
    const key = answerKey(path, file.sha256, inputs, worker?.identity, worker?.program.leadingArgs, kind);
    const known = isFresh ? undefined : this.#answers.find(key);
    if (known !== undefined) return { report: known, file, isKnown: true };

    const blob = await readRuntime(path, { signal: run.signal });
    const tool = { name: 'polkadot-pvf', version: this.surroundings.packageVersion };
    const options = { ...inputs, tool, signal: run.signal };
    const { report, isKnown } =
      choice === undefined
        ? { report: await inspectRuntime(blob, options), isKnown: false }
        : await this.#prepare(blob, choice, options, { verbose: settings.verbose, isFresh }, run);
    run.signal.throwIfAborted();
    // The file may have been written between the two readings.
    const now = await identityOf(path, run.signal).catch(() => undefined);
    const isSame = now?.sha256 === file.sha256;
    if (isSame && isLasting(report)) this.#answers.keep(key, report);
    return { report, file: isSame ? file : { sha256: '', bytes: 0 }, isKnown };
  }

  directories(): Promise<HostDirectories> {
    const { cacheFolder, guard, log } = this.surroundings;
    this.#directories ??= openHostDirectories(cacheFolder, guard, log);
    // Next time there may be room on the disk.
    this.#directories.catch(() => {
      this.#directories = undefined;
    });
    return this.#directories;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hosts[Symbol.asyncDispose]();
    const directories = await this.#directories?.catch(() => undefined);
    await directories?.[Symbol.asyncDispose]();
  }

  async #choose(settings: CheckSettings, signal: AbortSignal): Promise<WorkerChoice> {
    const examine = await examineOptions(settings, await this.directories(), this.surroundings);
    return chooseWorker(workerSearch(settings, this.surroundings), examine, signal);
  }

  async #prepare(
    blob: RuntimeBlob,
    choice: WorkerChoice,
    options: Omit<Parameters<typeof checkRuntime>[1], 'preparer' | 'events'>,
    { verbose, isFresh }: { readonly verbose: boolean; readonly isFresh: boolean },
    { onProgress }: CheckRun,
  ): Promise<Pick<CheckAnswer, 'report' | 'isKnown'>> {
    const preparer = await this.#preparerOf(choice, verbose, isFresh);
    const worker = preparer.kind === 'worker' ? preparer.worker : undefined;
    let seen: Progress = { phase: 'starting' };
    const tell = (news: Partial<Progress>) => {
      seen = { ...seen, ...news };
      onProgress(seen);
    };
    try {
      const { report, isKnown } = await checkRuntime(blob, {
        ...options,
        preparer,
        events: {
          onStart: () => tell({ phase: 'preparing' }),
          onProgress: ({ done, total }) => tell({ done, total }),
          onFacts: ({ rawBytes }) => {
            if (worker === undefined || rawBytes === undefined) return;
            void this.#rates.estimateMs(worker.identity, rawBytes).then((expectedMs) => tell({ expectedMs }));
          },
        },
      });
      if (worker !== undefined && !isKnown) await this.#learn(worker.identity, report);
      return { report, isKnown };
    } finally {
      // A worker that was being started for a cancelled job would stay, and nobody wants it.
      if (options.signal.aborted) await this.#hosts[Symbol.asyncDispose]();
      this.#hosts.rest();
    }
  }

  async #preparerOf(choice: WorkerChoice, verbose: boolean, isFresh: boolean): Promise<Preparer> {
    if (choice.kind === 'none') return { kind: 'none', outcome: choice.outcome };
    const { host, findCached } = await this.#hosts.of(choice.worker, await this.directories(), verbose);
    return { kind: 'worker', worker: choice.worker, host, ...(isFresh ? {} : { findCached }) };
  }

  async #learn(identity: string, { runtime, stats }: Report): Promise<void> {
    if (runtime.rawBytes === undefined || stats?.cpuTimeMs === undefined) return;
    await this.#rates.learn(identity, runtime.rawBytes, stats.wallTimeMs);
  }
}

/** Rejects with InputError. */
export async function identityOf(path: string, signal?: AbortSignal): Promise<FileIdentity> {
  const { bytes } = await readFileSafely(path, signal === undefined ? {} : { signal });
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

async function inputsOf({ profile, budget, prepTimeoutMs, memoryLimit }: CheckSettings) {
  const settings: JobSettings = {
    kind: 'precheck',
    ...(prepTimeoutMs === undefined ? {} : { prepTimeoutMs }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  };
  return {
    profile: await loadProfile(profile),
    settings,
    ...(budget === undefined ? {} : { budget: await loadBudget(budget) }),
  };
}
