import { errorMessage } from '../base/errors.ts';
import type { Report } from '../model/report.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import type { InspectBlob } from '../runtime/inspect-in-thread.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';
import { logDirectives } from '../worker/probe/examined-worker.ts';
import type { CheckEnvironment } from './check-environment.ts';
import type { CheckPlan, PreparePlan } from './check-plan.ts';
import type { ProgressReporter } from './check-progress.ts';
import {
  type CheckEvents,
  type CheckResult,
  checkRuntime,
  type InspectOptions,
  inspectRuntime,
} from './check-runtime.ts';
import { PreparationRates } from './rates.ts';
import { ReportCache, reportKey } from './report-cache.ts';
import { type OpenHost, WarmHost } from './warm-host.ts';

/** One running check. */
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

/** Inspects and prepares blobs. Holds the warm worker, the cached reports and the measured speed of this machine. */
export class BlobChecker implements AsyncDisposable {
  readonly #options: BlobCheckerOptions;
  readonly #reports = new ReportCache();
  readonly #rates: PreparationRates;
  readonly #warm: WarmHost;

  constructor(options: BlobCheckerOptions) {
    const { environment, openHost, idleMs } = options;
    this.#options = options;
    this.#rates = new PreparationRates(environment.cacheFolder);
    this.#warm = new WarmHost({
      open: openHost,
      idleMs,
      onError: (error) => environment.log.error(`The idle worker did not exit: ${errorMessage(error)}`),
    });
  }

  /** Rejects with the signal's reason, or the system's error. */
  async check(blob: RuntimeBlob, plan: CheckPlan, run: CheckRun): Promise<CheckResult> {
    const cached = run.isForced ? undefined : this.#reports.find(reportKey(blob, plan));
    if (cached !== undefined) return { report: cached, file: blob.state, fromCache: true };
    const result = await (plan.kind === 'inspect'
      ? inspectRuntime(blob, this.#common(plan, run))
      : this.#prepare(blob, plan, run));
    run.signal.throwIfAborted();
    // A tree down to the functions takes megabytes.
    if (result.file !== undefined && plan.settings.sizes?.depth !== 'functions')
      this.#reports.add(reportKey(blob, plan), result.report);
    return result;
  }

  /** Stops the worker once its job has ended. The next preparation starts another one. */
  restartWorker(): Promise<void> {
    return this.#warm.restart();
  }

  /** Stops the worker. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#warm[Symbol.asyncDispose]();
  }

  async #prepare(blob: RuntimeBlob, plan: PreparePlan, run: CheckRun): Promise<CheckResult> {
    const { choice, settings } = plan;
    const common = this.#common(plan, run);
    if (choice.kind === 'none') return checkRuntime(blob, { ...common, preparer: choice });
    const { worker, source } = choice;
    const lease = await this.#warm.lease(worker, logDirectives(worker, settings.verbose ? 'debug' : 'quiet'));
    try {
      const { host, findCached } = lease.opened;
      const result = await checkRuntime(blob, {
        ...common,
        preparer: { kind: 'worker', worker, source, host, ...(run.isForced ? {} : { findCached }) },
        events: this.#events(worker, run.progress),
      });
      if (!result.fromCache) await this.#updateRate(worker, result.report);
      return result;
    } finally {
      // Otherwise a worker that is still starting for a cancelled check would stay.
      await lease.release(run.signal.aborted ? 'close' : 'keep');
    }
  }

  #common({ settings, inputs }: CheckPlan, { signal }: CheckRun): InspectOptions {
    const { environment, inspect } = this.#options;
    const { name, version } = environment.package;
    return { inputs, settings, tool: { name, version }, inspect, signal };
  }

  #events({ identity, kind }: ExaminedWorker, progress: ProgressReporter): CheckEvents {
    return {
      onStart: () => progress.update({ phase: 'preparing', isCounted: kind === 'portable' }),
      onProgress: ({ done, total }) => progress.update({ done, total }),
      onFacts: ({ rawBytes }) => {
        if (rawBytes === undefined) return;
        void this.#rates.estimateMs(identity, rawBytes).then((expectedMs) => progress.update({ expectedMs }));
      },
    };
  }

  async #updateRate({ identity }: ExaminedWorker, { runtime, stats }: Report): Promise<void> {
    if (runtime.rawBytes === undefined || stats?.cpuTimeMs === undefined) return;
    await this.#rates.update(identity, runtime.rawBytes, stats.wallTimeMs);
  }
}
