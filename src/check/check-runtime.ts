import type { FileState } from '../base/file-state.ts';
import { omitUndefined } from '../base/omit-undefined.ts';
import type { Reference, RuntimeHistory } from '../model/history.ts';
import type { MetadataResult } from '../model/metadata.ts';
import type { Report } from '../model/report.ts';
import type { Figures, WorkerSource } from '../model/workers.ts';
import { type RuntimeBlob, unchangedState } from '../runtime/blob.ts';
import { decompress } from '../runtime/compression.ts';
import type { RuntimeFacts } from '../runtime/inspect.ts';
import type { InspectBlob } from '../runtime/inspect-in-thread.ts';
import { type ReadMetadataOptions, readMetadata } from '../runtime/metadata/read-metadata.ts';
import { newerCompact } from '../runtime/newer-compact.ts';
import type { PrepareJob } from '../worker/host/job.ts';
import type { OpenedHost } from '../worker/host/open-host.ts';
import type { Outcome } from '../worker/host/outcome.ts';
import type { Preparation, PrepareHost } from '../worker/host/prepare-host.ts';
import { type ExaminedWorker, figuresOf } from '../worker/probe/examined-worker.ts';
import type { JobProgress } from '../worker/process/job-progress.ts';
import { assembleReport, type ReportParts } from './assemble-report.ts';
import type { CheckInputs } from './check-plan.ts';
import type { CheckSettings } from './check-settings.ts';
import { failedSymbol } from './failed-symbol.ts';
import { type JobSettings, jobFor } from './job.ts';
import { pendingChecks, preparePending } from './pending-limits.ts';

/** The worker to use, or the outcome to report when there is none. */
export type Preparer =
  | {
      readonly kind: 'worker';
      readonly worker: ExaminedWorker;
      /** How the worker was chosen. */
      readonly source?: WorkerSource;
      readonly host: PrepareHost;
      /** Looks for the cached result of a job. Absent: the worker runs every job. */
      readonly findCached?: OpenedHost['findCached'];
      /** The worker runs the job with the limits in force, even if its result is cached. */
      readonly isForced?: boolean;
    }
  | { readonly kind: 'none'; readonly outcome: Outcome };

export interface InspectOptions {
  readonly inputs: CheckInputs;
  readonly settings: JobSettings & Pick<CheckSettings, 'costs' | 'sizes'>;
  readonly tool: Report['tool'];
  readonly inspect: InspectBlob;
  /** Absent: `readMetadata`, which caches nothing. */
  readonly readMetadata?: ReadBlobMetadata;
  readonly signal: AbortSignal;
}

export type ReadBlobMetadata = (blob: RuntimeBlob, options: ReadMetadataOptions) => Promise<MetadataResult>;

export interface CheckOptions extends InspectOptions {
  /** The running inspection of the blob. */
  readonly facts: Promise<RuntimeFacts>;
  readonly preparer: Preparer;
  readonly events?: CheckEvents;
  /**
   * Receives the report without the metadata, if these are still being read when the vote is known. A runtime can take a
   * minute to return them, or pretend to.
   */
  readonly onVoted?: ((report: Report) => void) | undefined;
}

/** For progress displays. */
export interface CheckEvents {
  /** The worker started the job. */
  onStart?(): void;
  /** Functions were compiled. Only the built-in worker reports this. */
  onProgress?(progress: JobProgress): void;
}

export interface CheckResult {
  readonly report: Report;
  /** State of the file that the report describes. Undefined when it changed during the check, or there is none. */
  readonly file: FileState | undefined;
  /** The result was cached. No worker ran. */
  readonly fromCache: boolean;
  /** The results of the runtime, this one included. Absent: the check was not recorded. */
  readonly history?: RuntimeHistory;
  /** What the figures of the report are compared with. Absent: nothing. */
  readonly reference?: Reference;
  /** Absent when there is no artifact, or when the report itself was cached. */
  readonly artifactPath?: string;
}

/** Inspects a runtime blob and reports on it. Runs no worker. Rejects with the signal's reason when it is aborted. */
export async function inspectRuntime(blob: RuntimeBlob, options: InspectOptions): Promise<CheckResult> {
  const { inputs, settings, tool, inspect, signal } = options;
  const inspecting = Promise.all([
    inspect(blob.stored, inputs.profile.bombLimit, { signal, ...omitUndefined({ sizes: settings.sizes }) }),
    metadataOf(blob, options),
  ]);
  // Hashes the blob while the other thread inspects it.
  const job = jobFor(blob, inputs.profile, settings);
  const [facts, metadata] = await inspecting;
  const report = assembleReport({
    ...inputs,
    blob,
    facts,
    ...omitUndefined({ metadata }),
    newerCompact: await newerCompact(blob, facts.rawBytes, { signal }),
    job,
    pending: pendingChecks(blob, inputs.profile, settings),
    tool,
  });
  return { report, file: await unchangedState(blob, { signal }), fromCache: false };
}

/**
 * Prepares a runtime blob while it is inspected, and reports how a validator would vote.
 * Rejects with the signal's reason when it is aborted.
 */
export async function checkRuntime(blob: RuntimeBlob, options: CheckOptions): Promise<CheckResult> {
  const { inputs, settings, tool, inspect, preparer, signal, events } = options;
  const { profile } = inputs;
  const job = jobFor(blob, profile, settings);
  const reading = inBackground(metadataOf(blob, options));
  const [found, { preparation, fromCache }] = await Promise.all([
    options.facts,
    prepare(job, preparer, signal, events),
  ]);
  const scheduled = pendingChecks(blob, profile, settings);
  const pending = await preparePending(
    scheduled,
    { job, preparation, figures: figuresOfPreparer(preparer) },
    async (other) => {
      // The result of the first job serves where it holds.
      const cached = preparer.kind === 'worker' ? { ...preparer, isForced: false } : preparer;
      return (await prepare(other, cached, signal, events)).preparation;
    },
  );
  signal.throwIfAborted();
  const file = await unchangedState(blob, { signal });
  const isStale = blob.state !== undefined && file === undefined && preparation.outcome.kind !== 'cancelled';
  const outcome = isStale ? staleInput(blob) : preparation.outcome;
  const { costs } = preparation;
  const facts =
    costs === undefined || isStale
      ? found
      : await inspect(blob.stored, profile.bombLimit, { signal, sizes: { depth: 'functions' }, costs });
  const parts: ReportParts = {
    ...inputs,
    blob,
    facts,
    newerCompact: await newerCompact(blob, facts.rawBytes, { signal }),
    job,
    preparation: { ...preparation, outcome },
    pending: isStale ? scheduled : pending,
    failedSymbol: await failedSymbol(outcome),
    ...(preparer.kind === 'worker' && { worker: preparer.worker, ...omitUndefined({ foundAt: preparer.source }) }),
    wantsCosts: settings.costs ?? false,
    tool,
  };
  if (reading.isPending()) options.onVoted?.(assembleReport(parts));
  const metadata = await reading.result;
  return {
    report: assembleReport({ ...parts, ...omitUndefined({ metadata }) }),
    file,
    fromCache,
    ...(outcome.kind === 'concluded' && 'prepared' in outcome && { artifactPath: outcome.prepared.path }),
  };
}

/** Undefined when it was not requested. */
async function metadataOf(blob: RuntimeBlob, options: InspectOptions): Promise<MetadataResult | undefined> {
  const { inputs, readMetadata: read = readUncached, signal } = options;
  const { readMetadata: settings, profile } = inputs;
  return settings && read(blob, { bombLimit: profile.bombLimit, signal, ...settings });
}

const readUncached: ReadBlobMetadata = ({ stored }, options) => readMetadata(stored, options);

/** The caller may fail before it waits for the result. */
function inBackground<T>(result: Promise<T>): { readonly result: Promise<T>; isPending(): boolean } {
  let isPending = true;
  const settle = () => {
    isPending = false;
  };
  result.then(settle, settle);
  return { result, isPending: () => isPending };
}

async function prepare(
  job: PrepareJob,
  preparer: Preparer,
  signal: AbortSignal,
  events: CheckEvents | undefined,
): Promise<{ readonly preparation: Preparation; readonly fromCache: boolean }> {
  const notRun = (outcome: Outcome) => ({ preparation: { outcome, wallMs: 0, spawnMs: 0 }, fromCache: false });
  if (preparer.kind === 'none') return notRun(preparer.outcome);
  const { worker, host, findCached, isForced = false } = preparer;
  const input = worker.revision.decompressedBy === 'host' ? await decompressed(job) : { job };
  if ('outcome' in input) return notRun(input.outcome);
  const cached = isForced ? undefined : await findCached?.(input.job);
  if (cached !== undefined) return { preparation: cached, fromCache: true };
  const preparation = await host.prepare(input.job, {
    signal,
    onStart: () => events?.onStart?.(),
    onProgress: (progress) => events?.onProgress?.(progress),
  });
  return { preparation, fromCache: false };
}

/** Before pvf-common 16 the host decompressed the blob and reported the errors of that step. */
async function decompressed(job: PrepareJob): Promise<{ job: PrepareJob } | { outcome: Outcome }> {
  const result = await decompress(job.code, job.bombLimit);
  if (result.kind === 'ok') return { job: { ...job, code: result.raw } };
  const value = result.kind === 'bomb' ? 'Possible compression bomb encountered' : 'Blob had invalid format';
  return { outcome: { kind: 'concluded', error: { tag: 'CouldNotDecompressCodeBlob', value } } };
}

function figuresOfPreparer(preparer: Preparer): Figures {
  return preparer.kind === 'worker' ? figuresOf(preparer.worker) : 'measured';
}

/** Users would take a verdict about the old bytes for one about the bytes on disk. */
function staleInput({ path }: RuntimeBlob): Outcome {
  return { kind: 'stale-input', message: `${path} changed while it was prepared` };
}
