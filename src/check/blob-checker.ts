import { errorMessage } from '../base/errors.ts';
import type { Report } from '../model/report.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import type { RuntimeFacts } from '../runtime/inspect.ts';
import type { InspectBlob } from '../runtime/inspect-in-thread.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';
import { logDirectives } from '../worker/probe/examined-worker.ts';
import { assembleReport } from './assemble-report.ts';
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
import { jobFor } from './job.ts';
import type { MetadataCache } from './metadata-cache.ts';
import { pendingChecks } from './pending-limits.ts';
import { PreparationRates } from './rates.ts';
import { ReportCache, reportKey } from './report-cache.ts';
import { type OpenHost, WarmHost } from './warm-host.ts';

/** One running check. */
export interface CheckRun {
  readonly signal: AbortSignal;
  readonly progress: ProgressReporter;
  /** Measures again, even if the result is cached. */
  readonly isForced: boolean;
  /** Receives the reports before the last: of the inspection, and with the vote while the metadata is still being read. */
  readonly onInterim?: ((report: Report) => void) | undefined;
}

/** An inspection that started before the worker was chosen. An object, so that `await` does not wait for it. */
export interface EarlyInspection extends Disposable {
  readonly facts: Promise<RuntimeFacts>;
}

export interface BlobCheckerOptions {
  readonly environment: CheckEnvironment;
  readonly inspect: InspectBlob;
  readonly openHost: OpenHost;
  /** See `WarmHostOptions`. */
  readonly idleMs: number | undefined;
  readonly metadata: MetadataCache;
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

  /**
   * Inspects a blob that is going to be prepared, and passes the interim report to `run.onInterim`. Undefined if the report
   * is probably cached, or nobody needs the interim report.
   */
  inspectEarly(blob: RuntimeBlob, plan: Omit<CheckPlan, 'kind'>, run: CheckRun): EarlyInspection | undefined {
    if (run.onInterim === undefined || (!run.isForced && this.#reports.hasPrepared(blob))) return undefined;
    const stop = new AbortController();
    const facts = this.#inspect(blob, plan, { ...run, signal: AbortSignal.any([run.signal, stop.signal]) });
    // The check may end before it waits for the facts.
    facts.catch(() => {});
    return { facts, [Symbol.dispose]: () => stop.abort(new Error('the check has ended')) };
  }

  /**
   * Rejects with the signal's reason, or the system's error.
   * @param early the running inspection of the blob, if there is one
   */
  async check(blob: RuntimeBlob, plan: CheckPlan, run: CheckRun, early?: EarlyInspection): Promise<CheckResult> {
    const cached = isFreshRun(plan, run) ? undefined : this.#reports.find(reportKey(blob, plan));
    if (cached !== undefined) return { report: cached, file: blob.state, fromCache: true };
    const result = await (plan.kind === 'inspect'
      ? inspectRuntime(blob, this.#common(plan, run))
      : this.#prepare(blob, plan, run, early));
    run.signal.throwIfAborted();
    // A tree down to the functions takes megabytes.
    const isLarge = plan.settings.sizes?.depth === 'functions' || wantsCosts(plan);
    if (result.file !== undefined && !isLarge) this.#reports.add(reportKey(blob, plan), result.report);
    return result;
  }

  /** Estimated wall-clock milliseconds for preparing so many raw bytes. */
  async estimateMs({ identity }: ExaminedWorker, rawBytes: number): Promise<number> {
    return this.#rates.estimateMs(identity, rawBytes);
  }

  /** Stops the worker once its job has ended. The next preparation starts another one. */
  restartWorker(): Promise<void> {
    return this.#warm.restart();
  }

  /** Stops the worker. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#warm[Symbol.asyncDispose]();
  }

  async #prepare(
    blob: RuntimeBlob,
    plan: PreparePlan,
    run: CheckRun,
    early: EarlyInspection | undefined,
  ): Promise<CheckResult> {
    const { choice, settings } = plan;
    const facts = early?.facts ?? this.#inspect(blob, plan, run);
    // The worker may fail before the check waits for the facts.
    facts.catch(() => {});
    const common = { ...this.#common(plan, run), facts, onVoted: run.onInterim };
    if (choice.kind === 'none') return checkRuntime(blob, { ...common, preparer: choice });
    const { worker, source } = choice;
    void this.#expectDuration(facts, worker, run.progress);
    const lease = await this.#warm.lease(worker, logDirectives(worker, settings.verbose ? 'debug' : 'quiet'));
    try {
      const { host, findCached } = lease.opened;
      const result = await checkRuntime(blob, {
        ...common,
        preparer: { kind: 'worker', worker, source, host, findCached, isForced: isFreshRun(plan, run) },
        events: this.#events(worker, run.progress),
      });
      if (!result.fromCache) await this.#updateRate(worker, result.report);
      return result;
    } finally {
      // Otherwise a worker that is still starting for a cancelled check would stay.
      await lease.release(run.signal.aborted ? 'close' : 'keep');
    }
  }

  /** Passes the interim report to `run.onInterim`. */
  async #inspect(blob: RuntimeBlob, plan: Omit<CheckPlan, 'kind'>, run: CheckRun): Promise<RuntimeFacts> {
    const { inputs, settings, tool, inspect, signal } = this.#common(plan, run);
    const { bombLimit } = inputs.profile;
    const facts = await inspect(blob.stored, bombLimit, { signal, sizes: settings.sizes ?? { depth: 'crates' } });
    if (run.onInterim !== undefined && !signal.aborted) {
      const job = jobFor(blob, inputs.profile, settings);
      run.onInterim(
        assembleReport({
          ...inputs,
          blob,
          facts,
          job,
          pending: pendingChecks(blob, inputs.profile, settings),
          tool,
          isInterim: true,
        }),
      );
    }
    return facts;
  }

  #common({ settings, inputs }: Omit<CheckPlan, 'kind'>, { signal, isForced }: CheckRun): InspectOptions {
    const { environment, inspect, metadata } = this.#options;
    const { name, version } = environment.package;
    const readMetadata: InspectOptions['readMetadata'] = (blob, options) => metadata.of(blob, options, isForced);
    return { inputs, settings, tool: { name, version }, inspect, readMetadata, signal };
  }

  #events({ kind }: ExaminedWorker, progress: ProgressReporter): CheckEvents {
    return {
      onStart: () => progress.update({ phase: 'preparing', isCounted: kind === 'portable' }),
      onProgress: ({ done, total }) => progress.update({ done, total }),
    };
  }

  /** The raw size predicts roughly how long the preparation takes. */
  async #expectDuration(
    facts: Promise<RuntimeFacts>,
    { identity }: ExaminedWorker,
    progress: ProgressReporter,
  ): Promise<void> {
    const { rawBytes } = await facts.catch((): Partial<RuntimeFacts> => ({}));
    if (rawBytes !== undefined) progress.update({ expectedMs: await this.#rates.estimateMs(identity, rawBytes) });
  }

  async #updateRate({ identity }: ExaminedWorker, { runtime, stats }: Report): Promise<void> {
    if (runtime.rawBytes === undefined || stats?.cpuTimeMs === undefined) return;
    await this.#rates.update(identity, runtime.rawBytes, stats.wallTimeMs);
  }
}

function wantsCosts({ settings }: CheckPlan): boolean {
  return settings.costs === true;
}

/** A cached result has no costs. */
function isFreshRun(plan: CheckPlan, { isForced }: CheckRun): boolean {
  return isForced || wantsCosts(plan);
}
