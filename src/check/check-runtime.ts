import type { FileState } from '../base/file-state.ts';
import type { Profile } from '../limits/profile.ts';
import type { Budget } from '../model/measures.ts';
import type { Report } from '../model/report.ts';
import { type RuntimeBlob, unchangedState } from '../runtime/blob.ts';
import { buildVariant } from '../runtime/build-variant.ts';
import { decompress } from '../runtime/compression.ts';
import type { RuntimeFacts } from '../runtime/inspect.ts';
import type { InspectBlob } from '../runtime/inspect-in-thread.ts';
import type { PrepareJob } from '../worker/host/job.ts';
import type { OpenedHost } from '../worker/host/open-host.ts';
import type { Outcome } from '../worker/host/outcome.ts';
import type { Preparation, PrepareHost } from '../worker/host/prepare-host.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';
import type { JobProgress } from '../worker/process/job-progress.ts';
import { assembleReport, type ReportParts } from './assemble-report.ts';
import type { Baseline } from './baseline.ts';
import { type JobSettings, jobFor } from './job.ts';

/** The worker to use; or the outcome to report when there is none. */
export type Preparer =
  | {
      readonly kind: 'worker';
      readonly worker: ExaminedWorker;
      readonly host: PrepareHost;
      /** Looks for a kept artifact that answers the job; absent: the worker does every job. */
      readonly findCached?: OpenedHost['findCached'];
    }
  | { readonly kind: 'none'; readonly outcome: Outcome };

export interface CheckOptions {
  readonly preparer: Preparer;
  readonly profile: Profile;
  readonly settings: JobSettings;
  readonly budget?: Budget;
  readonly baseline?: Baseline;
  readonly tool: Report['tool'];
  readonly inspect: InspectBlob;
  readonly signal: AbortSignal;
  readonly events?: CheckEvents;
}

/** For showing progress. */
export interface CheckEvents {
  /** The worker took the job. */
  onStart?(): void;
  /** The blob was inspected: its raw size is known, and with it about how long preparing takes. */
  onFacts?(facts: RuntimeFacts): void;
  /** So many functions are compiled. Only the built-in worker reports this. */
  onProgress?(progress: JobProgress): void;
}

export interface CheckResult {
  readonly report: Report;
  /** State of the file that the report is about; undefined: the file changed while it was checked. */
  readonly file: FileState | undefined;
  /** The result was cached. No worker ran. */
  readonly fromCache: boolean;
  /** Where the artifact is. Absent when there is none, or when a session remembered the report itself. */
  readonly artifactPath?: string;
}

/**
 * Prepares a runtime blob and says how a validator would vote. Inspects the blob at the same time.
 * Rejects with the signal's reason when it is aborted.
 */
export async function checkRuntime(blob: RuntimeBlob, options: CheckOptions): Promise<CheckResult> {
  const { profile, settings, preparer, signal, events, budget, baseline, tool } = options;
  const job = jobFor(blob, profile, settings);
  const [facts, { preparation, fromCache }] = await Promise.all([
    inspectBlob(blob, options),
    prepare(job, preparer, signal, events),
  ]);
  signal.throwIfAborted();
  const file = await unchangedState(blob, { signal });
  const isStale = file === undefined && preparation.outcome.kind !== 'cancelled';
  const outcome = isStale ? staleInput(blob) : preparation.outcome;
  const parts: ReportParts = {
    blob,
    facts,
    variant: buildVariant(blob.path, blob.container),
    job,
    preparation: { ...preparation, outcome },
    worker: preparer.kind === 'worker' ? preparer.worker : undefined,
    profile,
    budget,
    baseline,
    tool,
  };
  const result = { report: assembleReport(parts), file, fromCache };
  return outcome.kind === 'concluded' && 'prepared' in outcome
    ? { ...result, artifactPath: outcome.prepared.path }
    : result;
}

async function inspectBlob(
  { stored }: RuntimeBlob,
  { inspect, profile: { bombLimit }, signal, events }: CheckOptions,
): Promise<RuntimeFacts> {
  const facts = await inspect(stored, bombLimit, { signal });
  events?.onFacts?.(facts);
  return facts;
}

async function prepare(
  job: PrepareJob,
  preparer: Preparer,
  signal: AbortSignal,
  events: CheckEvents | undefined,
): Promise<{ readonly preparation: Preparation; readonly fromCache: boolean }> {
  const notRun = (outcome: Outcome) => ({ preparation: { outcome, wallMs: 0, spawnMs: 0 }, fromCache: false });
  if (preparer.kind === 'none') return notRun(preparer.outcome);
  const { worker, host, findCached } = preparer;
  const fit = worker.revision.decompressedBy === 'host' ? await decompressed(job) : { job };
  if ('outcome' in fit) return notRun(fit.outcome);
  const cached = await findCached?.(fit.job);
  if (cached !== undefined) return { preparation: cached, fromCache: true };
  const preparation = await host.prepare(fit.job, {
    signal,
    onStart: () => events?.onStart?.(),
    onProgress: (progress) => events?.onProgress?.(progress),
  });
  return { preparation, fromCache: false };
}

/** Before pvf-common 16 the host took the zstd layer off, and so gave the errors of that step. */
async function decompressed(job: PrepareJob): Promise<{ job: PrepareJob } | { outcome: Outcome }> {
  const result = await decompress(job.code, job.bombLimit);
  if (result.kind === 'ok') return { job: { ...job, code: result.raw } };
  const value = result.kind === 'bomb' ? 'Possible compression bomb encountered' : 'Blob had invalid format';
  return { outcome: { kind: 'concluded', error: { tag: 'CouldNotDecompressCodeBlob', value } } };
}

/** A verdict on bytes that are no longer on disk would be taken for one on those that are. */
function staleInput({ path }: RuntimeBlob): Outcome {
  return { kind: 'stale-input', message: `${path} changed while it was prepared` };
}
