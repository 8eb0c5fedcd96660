import { omitUndefined } from '../base/omit-undefined.ts';
import type { Profile } from '../limits/profile.ts';
import { budgetItems, profileItems } from '../model/limit-item.ts';
import type { MetadataResult } from '../model/metadata.ts';
import type { LimitsSummary, Report, SecuritySummary, WorkerSummary } from '../model/report.ts';
import type { WorkerSource } from '../model/workers.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import type { RuntimeFacts } from '../runtime/inspect.ts';
import type { PrepareJob } from '../worker/host/job.ts';
import type { Preparation } from '../worker/host/prepare-host.ts';
import { type ExaminedWorker, figuresOf, type OfficialWorker } from '../worker/probe/examined-worker.ts';
import type { Baseline } from './baseline.ts';
import type { CheckInputs } from './check-plan.ts';
import { conclude } from './conclude.ts';
import { checkLimits, summarizeJob } from './job.ts';
import { judgedByTeam } from './judged-by-team.ts';
import { changesBetween, summarizeMetadata } from './metadata-summary.ts';
import { prepareErrorOf, summarizeOutcome } from './outcome-summary.ts';
import { assessPending, type PendingCheck, summarizePending } from './pending-limits.ts';
import { type CheckedRuntime, findingsAbout, findingsAboutOutcome } from './rules/run.ts';
import { summarizeRuntime } from './runtime-summary.ts';
import { summarizeStats } from './stats-summary.ts';
import { voteOf } from './vote.ts';

export interface ReportParts extends Omit<CheckInputs, 'baseline'> {
  readonly baseline?: Baseline;
  readonly blob: RuntimeBlob;
  readonly facts: RuntimeFacts;
  /** As `newerCompact` returns it. */
  readonly newerCompact?: string | undefined;
  /** As `failedSymbol` returns it. */
  readonly failedSymbol?: string | undefined;
  /** Absent: it was not requested. */
  readonly metadata?: MetadataResult;
  readonly job: PrepareJob;
  /** Absent: the blob was only inspected. */
  readonly preparation?: Preparation;
  /** The same with the scheduled limits of the profile. */
  readonly pending?: readonly PendingCheck[];
  /** The preparation still runs: the report is interim, and its vote is pending. */
  readonly isInterim?: boolean;
  /** Absent: no worker was found, or none was needed. */
  readonly worker?: ExaminedWorker;
  /** How the worker was chosen. */
  readonly foundAt?: WorkerSource;
  /** The user asked what each function costs. */
  readonly wantsCosts?: boolean;
  readonly tool: Report['tool'];
}

/** The report of a preparation or an inspection. Pure except for the clock. */
export function assembleReport(parts: ReportParts): Report {
  const {
    blob,
    metadata,
    job,
    preparation,
    worker,
    profile,
    near,
    budget,
    baseline,
    nodes,
    newerCompact,
    failedSymbol,
    pending = [],
    tool,
  } = parts;
  const facts = trustedFacts(parts);
  const runtime = summarizeRuntime(blob, facts);
  const figures = worker === undefined ? 'measured' : figuresOf(worker);
  const stats = worker && preparation && summarizeStats(preparation, figures);
  const items = [
    ...profileItems({ runtime, stats }, checkLimits(profile, job), near),
    ...budgetItems({ runtime, stats }, budget ?? {}),
  ];
  const outcome = preparation?.outcome;
  const voted = parts.isInterim ? pendingVote : outcome && voteOf(outcome, figures);
  const outcomeFindings =
    outcome === undefined ? [] : findingsAboutOutcome(outcome, figures, { ...facts, failedSymbol });
  const { executorParams } = job;
  const scheduled = assessPending(pending, { runtime, stats }, { figures, facts: { ...facts, failedSymbol }, near });
  const changes = changesBetween(baseline?.metadataResult, metadata);
  const checked = {
    facts,
    runtime,
    executorParams,
    items,
    vote: voted?.vote,
    pending: scheduled,
    relayLimits: profile,
    stats,
    outcome,
    figures,
    baseline,
    metadata,
    metadataChanges: changes,
    newerCompact,
    nodes,
    missingCosts: missingCosts(parts),
    budget,
  };
  const findings = judgedByTeam(findingsAbout(checked), parts);
  return {
    schemaVersion: 1,
    tool,
    createdAt: new Date().toISOString(),
    runtime,
    ...(blob.para && { para: blob.para }),
    ...(metadata && { metadata: summarizeMetadata(metadata, changes) }),
    ...(worker && { worker: summarizeWorker(worker, parts.foundAt) }),
    ...(worker?.kind === 'official' && { security: summarizeSecurity(worker) }),
    ...(outcome && { job: summarizeJob(job), outcome: summarizeOutcome(outcome) }),
    ...(stats && { stats }),
    ...(facts.sizes && { sizes: facts.sizes }),
    ...(facts.costs && { costs: facts.costs }),
    limits: { ...summarizeProfile(profile), items, ...summarizePending(scheduled) },
    findings: [...outcomeFindings, ...findings],
    vote: voted?.vote ?? 'undecided',
    conclusion: conclude({ voted, outcomeFindings, findings, items, pending: scheduled, stats }),
  };
}

/** Where the limits of a report are from. */
export function summarizeProfile({
  name,
  source,
  date,
  notes,
  block,
}: Profile): Omit<LimitsSummary, 'items' | 'pending'> {
  return { profile: name, source, date, ...(notes.length > 0 && { notes: [...notes] }), ...(block && { block }) };
}

const pendingVote = { vote: 'undecided', reason: 'The preparation still runs, so the vote is pending.' } as const;

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

/** Why the report lacks the costs that the user asked for. A preparation that failed needs no reason. */
function missingCosts({ wantsCosts, facts, worker, preparation }: ReportParts): CheckedRuntime['missingCosts'] {
  if (!wantsCosts || worker === undefined || preparation === undefined || facts.costs !== undefined) return undefined;
  if (worker.kind === 'official') return 'official-worker';
  const { outcome } = preparation;
  return outcome.kind === 'concluded' && 'prepared' in outcome ? 'none-left' : undefined;
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
