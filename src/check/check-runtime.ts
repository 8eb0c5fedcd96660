import type { Profile } from '../limits/profile.ts';
import type { Budget } from '../model/measures.ts';
import type { Report } from '../model/report.ts';
import { hasChanged, type RuntimeBlob } from '../runtime/blob.ts';
import { buildVariant } from '../runtime/build-variant.ts';
import { decompress } from '../runtime/compression.ts';
import type { RuntimeFacts } from '../runtime/inspect.ts';
import { inspectInThread } from '../runtime/inspect-in-thread.ts';
import type { PrepareJob } from '../worker/host/job.ts';
import type { OpenedHost } from '../worker/host/open-host.ts';
import type { Outcome } from '../worker/host/outcome.ts';
import type { Preparation, PrepareHost } from '../worker/host/prepare-host.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';
import type { JobProgress } from '../worker/process/job-progress.ts';
import { assembleReport, type ReportParts } from './assemble-report.ts';
import type { Baseline } from './findings/baseline-findings.ts';
import { type JobSettings, jobFor } from './job.ts';

/** Who prepares; or the outcome of every job, where nobody can. */
export type Preparer =
  | {
      readonly kind: 'worker';
      readonly worker: ExaminedWorker;
      readonly host: PrepareHost;
      /** What is known of the job already; absent where all is to be measured anew. */
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
  readonly signal: AbortSignal;
  readonly events?: CheckEvents;
}

/** For showing progress. */
export interface CheckEvents {
  /** The worker took the job. */
  onStart?(): void;
  /** The blob was looked into: now its raw size is known, and so about how long preparing takes. */
  onFacts?(facts: RuntimeFacts): void;
  /** So many functions are compiled. Only the built-in worker tells. */
  onProgress?(progress: JobProgress): void;
}

export interface CheckResult {
  readonly report: Report;
  /** Where the artifact is kept, if there is one. */
  readonly artifactPath?: string;
  /** `findCached` had the answer; no worker was asked. */
  readonly isKnown: boolean;
}

/**
 * Prepares a runtime blob and says what a validator would. The blob is looked into at the same time, in a thread.
 * Rejects with the signal's reason when it is aborted.
 */
export async function checkRuntime(blob: RuntimeBlob, options: CheckOptions): Promise<CheckResult> {
  const { profile, settings, preparer, signal, events, budget, baseline, tool } = options;
  const job = jobFor(blob, profile, settings);
  const [facts, preparation] = await Promise.all([
    lookInto(blob, profile, signal, events),
    prepare(job, preparer, signal, events),
  ]);
  signal.throwIfAborted();
  const parts: ReportParts = {
    blob,
    facts,
    variant: buildVariant(blob.path, blob.container),
    job,
    preparation: { ...preparation, outcome: await freshOutcome(blob, preparation.outcome) },
    worker: preparer.kind === 'worker' ? preparer.worker : undefined,
    profile,
    budget,
    baseline,
    tool,
  };
  const { outcome } = parts.preparation;
  const result = { report: assembleReport(parts), isKnown: preparation.isKnown };
  return outcome.kind === 'concluded' && 'prepared' in outcome
    ? { ...result, artifactPath: outcome.prepared.path }
    : result;
}

async function lookInto(
  blob: RuntimeBlob,
  { bombLimit }: Profile,
  signal: AbortSignal,
  events: CheckEvents | undefined,
): Promise<RuntimeFacts> {
  const facts = await inspectInThread(blob.stored, bombLimit, { signal });
  events?.onFacts?.(facts);
  return facts;
}

async function prepare(
  job: PrepareJob,
  preparer: Preparer,
  signal: AbortSignal,
  events: CheckEvents | undefined,
): Promise<Preparation & Pick<CheckResult, 'isKnown'>> {
  const unasked = (outcome: Outcome) => ({ outcome, wallMs: 0, spawnMs: 0, isKnown: false });
  if (preparer.kind === 'none') return unasked(preparer.outcome);
  const { worker, host, findCached } = preparer;
  const fit = worker.revision.decompressedBy === 'host' ? await decompressed(job) : { job };
  if ('outcome' in fit) return unasked(fit.outcome);
  const kept = await findCached?.(fit.job);
  if (kept !== undefined) return { ...kept, isKnown: true };
  const preparation = await host.prepare(fit.job, {
    signal,
    onStart: () => events?.onStart?.(),
    onProgress: (progress) => events?.onProgress?.(progress),
  });
  return { ...preparation, isKnown: false };
}

/** Before pvf-common 16 the host took the zstd layer off, and so gave the errors of that step. */
async function decompressed(job: PrepareJob): Promise<{ job: PrepareJob } | { outcome: Outcome }> {
  const result = await decompress(job.code, job.bombLimit);
  if (result.kind === 'ok') return { job: { ...job, code: result.raw } };
  const value = result.kind === 'bomb' ? 'Possible compression bomb encountered' : 'Blob had invalid format';
  return { outcome: { kind: 'concluded', error: { tag: 'CouldNotDecompressCodeBlob', value } } };
}

/** A verdict on bytes that are no longer on disk would be taken for one on those that are. */
async function freshOutcome(blob: RuntimeBlob, outcome: Outcome): Promise<Outcome> {
  if (outcome.kind === 'cancelled' || !(await hasChanged(blob))) return outcome;
  return { kind: 'stale-input', message: `${blob.path} changed while it was prepared` };
}
