import { errorMessage } from '../base/errors.ts';
import type { Report } from '../model/report.ts';
import { type RuntimeBlob, unchangedState } from '../runtime/blob.ts';
import type { InspectBlob } from '../runtime/inspect-in-thread.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';
import { logDirectives } from '../worker/probe/examined-worker.ts';
import { AnswerCache } from './answer-cache.ts';
import type { CheckEnvironment } from './check-environment.ts';
import { answerKey, type CheckPlan, type PreparePlan } from './check-plan.ts';
import type { ProgressReporter } from './check-progress.ts';
import { type CheckEvents, type CheckOptions, type CheckResult, checkRuntime } from './check-runtime.ts';
import { inspectRuntime } from './inspect-runtime.ts';
import { PreparationRates } from './rates.ts';
import { type OpenHost, WarmHost } from './warm-host.ts';

/** One check at work. */
export interface CheckRun {
  readonly signal: AbortSignal;
  readonly progress: ProgressReporter;
  /** Measures again, even if the result is cached. */
  readonly isForced: boolean;
}

export interface BlobCheckerOptions {
  readonly environment: CheckEnvironment;
  readonly inspect: InspectBlob;
  readonly openHost: OpenHost;
  /** See `WarmHostOptions`. */
  readonly idleMs: number | undefined;
}

/** Inspects and prepares blobs. Keeps the worker warm, remembers the reports, and learns how fast this machine is. */
export class BlobChecker implements AsyncDisposable {
  readonly #options: BlobCheckerOptions;
  readonly #answers = new AnswerCache();
  readonly #rates: PreparationRates;
  readonly #warm: WarmHost;

  constructor(options: BlobCheckerOptions) {
    const { environment, openHost, idleMs } = options;
    this.#options = options;
    this.#rates = new PreparationRates(environment.cacheFolder);
    this.#warm = new WarmHost({
      open: openHost,
      idleMs,
      onError: (error) => environment.log.error(`The idle worker did not end: ${errorMessage(error)}`),
    });
  }

  /** Rejects with the signal's reason, or the system's error. */
  async check(blob: RuntimeBlob, plan: CheckPlan, run: CheckRun): Promise<CheckResult> {
    const key = answerKey(blob, plan);
    const known = run.isForced ? undefined : this.#answers.find(key);
    if (known !== undefined) return { report: known, file: blob.state, fromCache: true };
    const result = await (plan.kind === 'inspect' ? this.#inspect(blob, plan, run) : this.#prepare(blob, plan, run));
    run.signal.throwIfAborted();
    if (result.file !== undefined) this.#answers.addIfRepeatable(key, result.report);
    return result;
  }

  /** Ends the worker. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#warm[Symbol.asyncDispose]();
  }

  async #inspect(blob: RuntimeBlob, plan: CheckPlan, run: CheckRun): Promise<CheckResult> {
    const report = await inspectRuntime(blob, this.#common(plan, run));
    return { report, file: await unchangedState(blob, { signal: run.signal }), fromCache: false };
  }

  async #prepare(blob: RuntimeBlob, plan: PreparePlan, run: CheckRun): Promise<CheckResult> {
    const { choice, settings } = plan;
    const common = this.#common(plan, run);
    if (choice.kind === 'none') return checkRuntime(blob, { ...common, preparer: choice });
    const { worker } = choice;
    const lease = await this.#warm.lease(worker, logDirectives(worker, settings.verbose ? 'debug' : 'quiet'));
    try {
      const { host, findCached } = lease.opened;
      const result = await checkRuntime(blob, {
        ...common,
        preparer: { kind: 'worker', worker, host, ...(run.isForced ? {} : { findCached }) },
        events: this.#events(worker, run.progress),
      });
      if (!result.fromCache) await this.#learn(worker, result.report);
      return result;
    } finally {
      // A worker that was being started for a cancelled check would stay, and nobody wants it.
      await lease.release(run.signal.aborted ? 'close' : 'keep');
    }
  }

  #common({ settings, inputs }: CheckPlan, { signal }: CheckRun): Omit<CheckOptions, 'preparer'> {
    const { environment, inspect } = this.#options;
    const { name, version } = environment.package;
    return { ...inputs, settings, tool: { name, version }, inspect, signal };
  }

  #events({ identity }: ExaminedWorker, progress: ProgressReporter): CheckEvents {
    return {
      onStart: () => progress.update({ phase: 'preparing' }),
      onProgress: ({ done, total }) => progress.update({ done, total }),
      onFacts: ({ rawBytes }) => {
        if (rawBytes === undefined) return;
        void this.#rates.estimateMs(identity, rawBytes).then((expectedMs) => progress.update({ expectedMs }));
      },
    };
  }

  async #learn({ identity }: ExaminedWorker, { runtime, stats }: Report): Promise<void> {
    if (runtime.rawBytes === undefined || stats?.cpuTimeMs === undefined) return;
    await this.#rates.learn(identity, runtime.rawBytes, stats.wallTimeMs);
  }
}
