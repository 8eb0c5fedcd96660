import { omitUndefined } from '../base/omit-undefined.ts';
import type { Profile } from '../limits/profile.ts';
import { budgetItems, profileItems } from '../model/limit-item.ts';
import type { CheckLimits } from '../model/measures.ts';
import { outcomeKinds } from '../model/outcome-table.ts';
import type { Report, SecuritySummary, Stats, WorkerSummary } from '../model/report.ts';
import type { Figures, WorkerSource } from '../model/workers.ts';
import { durationToMillis } from '../polkadot/scale.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import type { RuntimeFacts } from '../runtime/inspect.ts';
import type { PrepareJob } from '../worker/host/job.ts';
import type { Prepared } from '../worker/host/outcome.ts';
import type { Preparation } from '../worker/host/prepare-host.ts';
import { type ExaminedWorker, figuresOf, type OfficialWorker } from '../worker/probe/examined-worker.ts';
import { markAllowed } from './allow.ts';
import type { CheckInputs } from './check-plan.ts';
import { conclude } from './conclude.ts';
import { memoryLimitOf, summarizeJob } from './job.ts';
import { prepareErrorOf, summarizeOutcome } from './outcome-summary.ts';
import { findingsAbout, findingsAboutOutcome } from './rules/run.ts';
import { summarizeRuntime } from './runtime-summary.ts';
import { voteOf } from './vote.ts';

export interface ReportParts extends CheckInputs {
  readonly blob: RuntimeBlob;
  readonly facts: RuntimeFacts;
  readonly job: PrepareJob;
  /** Absent: the blob was only inspected. */
  readonly preparation?: Preparation;
  /** Absent: no worker was found, or none was needed. */
  readonly worker?: ExaminedWorker;
  /** How the worker was chosen. */
  readonly foundAt?: WorkerSource;
  readonly tool: Report['tool'];
}

/** The report of a preparation or an inspection. Pure except for the clock. */
export function assembleReport(parts: ReportParts): Report {
  const { blob, job, preparation, worker, profile, budget, baseline, allow, tool } = parts;
  const facts = trustedFacts(parts);
  const runtime = summarizeRuntime(blob, facts);
  const figures = worker === undefined ? 'measured' : figuresOf(worker);
  const stats = worker && preparation && summarizeStats(preparation, figures);
  const items = [
    ...profileItems({ runtime, stats }, checkLimits(profile, job)),
    ...budgetItems({ runtime, stats }, budget ?? {}),
  ];
  const outcome = preparation?.outcome;
  const { name, source, date } = profile;
  const voted = outcome && voteOf(outcome, figures);
  const outcomeFindings = outcome === undefined ? [] : findingsAboutOutcome(outcome, figures, facts);
  const { executorParams } = job;
  const checked = { facts, runtime, executorParams, items, stats, outcome, figures, baseline };
  const findings = markAllowed(findingsAbout(checked), allow);
  return {
    schemaVersion: 1,
    tool,
    createdAt: new Date().toISOString(),
    runtime,
    ...(worker && { worker: summarizeWorker(worker, parts.foundAt) }),
    ...(worker?.kind === 'official' && { security: summarizeSecurity(worker) }),
    ...(outcome && { job: summarizeJob(job), outcome: summarizeOutcome(outcome) }),
    ...(stats && { stats }),
    ...(facts.sizes && { sizes: facts.sizes }),
    limits: { profile: name, source, date, items },
    findings: [...outcomeFindings, ...findings],
    vote: voted?.vote ?? 'undecided',
    conclusion: conclude({ voted, outcomeFindings, findings, items, stats }),
  };
}

/**
 * If the worker could not decompress the blob, what our own decoder made of it does not count: ours may be more lenient, or
 * may have had another limit.
 */
function trustedFacts({ facts, preparation }: ReportParts): RuntimeFacts {
  if (preparation === undefined) return facts;
  if (prepareErrorOf(preparation.outcome)?.tag !== 'CouldNotDecompressCodeBlob') return facts;
  const { storedBytes, compression } = facts;
  return { storedBytes, compression };
}

function summarizeWorker(worker: ExaminedWorker, foundAt: WorkerSource | undefined): WorkerSummary {
  const { kind, path, version, revision } = worker;
  const common = { kind, path, ...omitUndefined({ foundAt }), version, wireRevision: revision.id };
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
  // Without a wall time the host gave the result itself, and no worker ran.
  if (!outcomeKinds[outcome.kind].ranInWorker || wallMs === 0) return undefined;
  const base = { wallTimeMs: wallMs, spawnMs };
  return outcome.kind === 'concluded' && 'prepared' in outcome
    ? { ...base, ...preparedStats(outcome.prepared, figures) }
    : base;
}

function preparedStats({ artifactBytes, checksum, stats }: Prepared, figures: Figures): Partial<Stats> {
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
        // The worker reports KiB.
        maxRss: maxRss === undefined || maxRss < 0n ? undefined : Number(maxRss) * 1024,
      }),
    },
    memoryIs: figures,
    artifactBytes,
    ...omitUndefined({ observedCodeBytes: observedWasmCodeLen, artifactChecksum: checksum?.hex }),
  };
}

function checkLimits({ maxCodeSize, bombLimit }: Profile, job: PrepareJob): CheckLimits {
  return { maxCodeSize, bombLimit, prepTimeoutMs: durationToMillis(job.prepTimeout), memoryLimit: memoryLimitOf(job) };
}
