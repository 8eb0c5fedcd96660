import { omitUndefined } from '../base/omit-undefined.ts';
import type { Profile } from '../limits/profile.ts';
import type { BuildVariant } from '../model/build-variant.ts';
import { budgetItems, profileItems } from '../model/limit-item.ts';
import type { Budget, CheckLimits } from '../model/measures.ts';
import { outcomeKinds } from '../model/outcome-table.ts';
import type { LimitItem, Report, RuntimeSummary, SecuritySummary, Stats, WorkerSummary } from '../model/report.ts';
import type { Figures } from '../model/workers.ts';
import { durationToMillis } from '../polkadot/scale.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import type { RuntimeFacts } from '../runtime/inspect.ts';
import type { PrepareJob } from '../worker/host/job.ts';
import type { Prepared } from '../worker/host/outcome.ts';
import type { Preparation } from '../worker/host/prepare-host.ts';
import { type ExaminedWorker, figuresOf, type OfficialWorker } from '../worker/probe/examined-worker.ts';
import type { Baseline } from './baseline.ts';
import { memoryLimitOf, summarizeJob } from './job.ts';
import { prepareErrorOf, summarizeOutcome } from './outcome-summary.ts';
import { findingsAbout } from './rules/run.ts';
import { verdictOf } from './verdict.ts';

export interface ReportParts {
  readonly blob: RuntimeBlob;
  readonly facts: RuntimeFacts;
  readonly variant: BuildVariant | undefined;
  readonly job: PrepareJob;
  readonly preparation: Preparation;
  readonly worker: ExaminedWorker | undefined;
  readonly profile: Profile;
  readonly budget: Budget | undefined;
  readonly baseline: Baseline | undefined;
  readonly tool: Report['tool'];
}

/** Puts together what was learnt. Pure but for the clock. */
export function assembleReport(parts: ReportParts): Report {
  const facts = tenableFacts(parts);
  const { job, preparation, worker, profile, budget, baseline, tool } = parts;
  const { outcome } = preparation;
  const runtime = summarizeRuntime({ ...parts, facts });
  const figures = worker === undefined ? 'measured' : figuresOf(worker);
  const stats = worker && summarizeStats(preparation, figures);
  const items = [
    ...profileItems({ runtime, stats }, checkLimits(profile, job)),
    ...budgetItems({ runtime, stats }, budget ?? {}),
  ];
  const findings = findingsAbout({ facts, runtime, items, stats, preparation: { outcome, figures }, baseline });
  const { limits, ...head } = reportFrame(tool, runtime, profile, items);
  return {
    ...head,
    ...(worker && { worker: summarizeWorker(worker) }),
    ...(worker?.kind === 'official' && { security: summarizeSecurity(worker) }),
    job: summarizeJob(job),
    outcome: summarizeOutcome(outcome),
    ...(stats && { stats }),
    limits,
    findings,
    verdict: verdictOf(outcome, figures),
  };
}

/** What every report has, of a preparation or not. */
export function reportFrame(
  tool: Report['tool'],
  runtime: RuntimeSummary,
  { name, source, date }: Profile,
  items: readonly LimitItem[],
): Pick<Report, 'schemaVersion' | 'tool' | 'createdAt' | 'runtime' | 'limits'> {
  const createdAt = new Date().toISOString();
  return { schemaVersion: 1, tool, createdAt, runtime, limits: { profile: name, source, date, items } };
}

/**
 * What the worker could not decompress, nobody knows, though our own decoder may have made something of it: it may be more
 * lenient than the worker's, or have had another limit.
 */
function tenableFacts({ facts, preparation: { outcome } }: ReportParts): RuntimeFacts {
  if (prepareErrorOf(outcome)?.tag !== 'CouldNotDecompressCodeBlob') return facts;
  const { storedBytes, compression } = facts;
  return { storedBytes, compression };
}

export function summarizeRuntime({
  blob,
  facts,
  variant,
}: Pick<ReportParts, 'blob' | 'facts' | 'variant'>): RuntimeSummary {
  const { rawBytes, compression, specName, specVersion, implVersion, functions, imports, exports, sections } = facts;
  const { kind, level, windowLog } = compression;
  return {
    path: blob.path,
    container: blob.container,
    storedBytes: blob.stored.length,
    ...omitUndefined({ rawBytes }),
    compression: { kind, ...omitUndefined({ level, windowLog }) },
    codeHash: blob.codeHash,
    ...omitUndefined({ specName, specVersion, implVersion, functions, imports, exports, sections }),
    ...omitUndefined({ buildVariant: variant }),
  };
}

function summarizeWorker(worker: ExaminedWorker): WorkerSummary {
  const { kind, path, version, revision } = worker;
  const common = { kind, path, version, wireRevision: revision.id };
  if (worker.kind === 'official') return common;
  const { engine, target } = worker;
  return { ...common, engine, target };
}

function summarizeSecurity({ security }: OfficialWorker): SecuritySummary {
  const { landlock, seccomp, changeRoot, secureClone } = security;
  return {
    landlock: landlock.available,
    seccomp: seccomp.available,
    changeRoot: changeRoot.available,
    secureClone: secureClone.available,
  };
}

function summarizeStats({ outcome, wallMs, spawnMs }: Preparation, figures: Figures): Stats | undefined {
  // Nothing was asked of the worker where the host itself gave the answer.
  if (!outcomeKinds[outcome.kind].ranInWorker || wallMs === 0) return undefined;
  const base = { wallTimeMs: wallMs, spawnMs };
  return outcome.kind === 'concluded' && 'prepared' in outcome
    ? { ...base, ...learnt(outcome.prepared, figures) }
    : base;
}

function learnt({ artifactBytes, checksum, stats }: Prepared, figures: Figures): Partial<Stats> {
  const { cpuTimeElapsed, memoryStats, observedWasmCodeLen } = stats;
  const { memoryTrackerStats, maxRss, peakTrackedAlloc } = memoryStats;
  return {
    cpuTimeMs: durationToMillis(cpuTimeElapsed),
    cpuTimeIs: figures,
    memory: {
      peakTrackedAlloc: Number(peakTrackedAlloc),
      ...omitUndefined({
        resident: memoryTrackerStats && Number(memoryTrackerStats.resident),
        allocated: memoryTrackerStats && Number(memoryTrackerStats.allocated),
        // The worker gives KiB, the report has bytes throughout.
        maxRss: maxRss === undefined || maxRss < 0n ? undefined : Number(maxRss) * 1024,
      }),
    },
    memoryIs: figures,
    artifactBytes,
    ...omitUndefined({ observedCodeBytes: observedWasmCodeLen, artifactChecksum: checksum?.hex }),
  };
}

/** What the profile and the job limit, for the table of measured figures. */
export function checkLimits({ maxCodeSize, bombLimit }: Profile, job: PrepareJob): CheckLimits {
  return { maxCodeSize, bombLimit, prepTimeoutMs: durationToMillis(job.prepTimeout), memoryLimit: memoryLimitOf(job) };
}
