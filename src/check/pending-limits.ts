/**
 * What the scheduled limits of the relay chain say about a blob. Validators vote with the limits of the session, but the code
 * comes into force sessions later, and is prepared again with those that hold then (polkadot-sdk issue 694).
 */
import { cacheKey } from '../base/cache-key.ts';
import { omitUndefined } from '../base/omit-undefined.ts';
import type { PendingLimits, Profile } from '../limits/profile.ts';
import { profileItems } from '../model/limit-item.ts';
import type { Measured } from '../model/measures.ts';
import type { LimitsSummary } from '../model/report.ts';
import type { Figures } from '../model/workers.ts';
import { durationToMillis } from '../polkadot/scale.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import type { PrepareJob } from '../worker/host/job.ts';
import type { Preparation } from '../worker/host/prepare-host.ts';
import { checkLimits, type JobSettings, jobFor } from './job.ts';
import type { OutcomeFacts, ScheduledResult } from './rules/rule.ts';
import { findingsAboutOutcome } from './rules/run.ts';
import { summarizeStats } from './stats-summary.ts';
import { voteOf } from './vote.ts';

/** A set of scheduled limits, and the preparation that it asks for. */
export interface PendingCheck {
  readonly limits: PendingLimits;
  readonly job: PrepareJob;
  /** Absent: no worker has run the job. */
  readonly preparation?: Preparation;
}

/** Settings of the user hold for the scheduled limits too. */
export function pendingChecks(blob: RuntimeBlob, { pending }: Profile, settings: JobSettings): PendingCheck[] {
  return pending.map((limits) => ({ limits, job: jobFor(blob, limits, settings) }));
}

/** The preparation with the limits in force. */
export interface ActivePreparation {
  readonly job: PrepareJob;
  readonly preparation: Preparation;
  readonly figures: Figures;
}

/** Runs the jobs that differ from those before them. The others have the same answer. */
export async function preparePending(
  checks: readonly PendingCheck[],
  active: ActivePreparation,
  run: (job: PrepareJob) => Promise<Preparation>,
): Promise<PendingCheck[]> {
  // Another job on a machine that failed, or is too slow, would end alike.
  if (voteOf(active.preparation.outcome, active.figures).vote === 'undecided') return [...checks];
  const answers = new Map([[answerKey(active.job), active.preparation]]);
  const prepared: PendingCheck[] = [];
  for (const check of checks) {
    const key = answerKey(check.job);
    const preparation = answers.get(key) ?? (await run(check.job));
    answers.set(key, preparation);
    prepared.push({ ...check, preparation });
  }
  return prepared;
}

/** @param measured with the figures of the preparation with the limits in force */
export function assessPending(
  checks: readonly PendingCheck[],
  measured: Measured,
  { figures, facts, near }: { figures: Figures; facts: OutcomeFacts; near: number | undefined },
): ScheduledResult[] {
  return checks.map(({ limits, job, preparation }) => {
    const outcome = preparation?.outcome;
    const voted = outcome && voteOf(outcome, figures);
    const refused = voted !== undefined && voted.vote !== 'accept';
    const explained = outcome && refused ? findingsAboutOutcome(outcome, figures, facts)[0]?.message : undefined;
    return {
      ...omitUndefined({ fromSession: limits.fromSession, vote: voted?.vote, reason: voted?.reason ?? explained }),
      items: profileItems(figuresFor(measured, preparation, figures), checkLimits(limits, job), near),
    };
  });
}

/** The limits in force may have ended their preparation before it had figures. */
function figuresFor(measured: Measured, preparation: Preparation | undefined, figures: Figures): Measured {
  if (measured.stats?.cpuTimeMs !== undefined || preparation === undefined) return measured;
  return { ...measured, stats: summarizeStats(preparation, figures) };
}

export function summarizePending(results: readonly ScheduledResult[]): Pick<LimitsSummary, 'pending'> {
  if (results.length === 0) return {};
  return {
    pending: results.map(({ fromSession, items, vote }) => ({
      ...omitUndefined({ fromSession, vote }),
      items: [...items],
    })),
  };
}

/** Two jobs for one blob with the same key have the same answer. Execution timeouts decide nothing in a preparation. */
function answerKey({ executorParams, bombLimit, prepTimeout, kind }: PrepareJob): string {
  const params = executorParams.filter(({ tag }) => tag !== 'PvfPrepTimeout' && tag !== 'PvfExecTimeout');
  return cacheKey(params, bombLimit, durationToMillis(prepTimeout), kind);
}
