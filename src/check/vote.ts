import { formatSeconds } from '../base/units.ts';
import { estimateError } from '../model/estimates.ts';
import { outcomeKinds } from '../model/outcome-table.ts';
import type { Vote } from '../model/report.ts';
import type { Figures } from '../model/workers.ts';
import type { PrepareError } from '../polkadot/prepare-error.ts';
import type { Outcome } from '../worker/host/outcome.ts';
import { displayOutcome } from './outcome-summary.ts';

export interface Voted {
  readonly vote: Vote;
  /** Whole sentences. Absent when the finding about the outcome explains the vote. */
  readonly reason?: string;
}

/**
 * How a validator would vote. Its checker votes against on every error, deterministic or not (polkadot PR 6492). Errors
 * that only this machine can cause say nothing about the runtime and leave the vote undecided.
 * @param figures whether the worker measured or estimated the time and memory that it compared with the limits
 */
export function voteOf(outcome: Outcome, figures: Figures = 'measured'): Voted {
  if (outcome.kind === 'concluded' && 'prepared' in outcome) return { vote: 'accept' };
  if (outcome.kind === 'timed-out') return timeOutVote(outcome, figures);
  if (!isRuntimeFault(outcome)) return { vote: 'undecided', reason: sentence(displayOutcome(outcome)) };
  if (!wasEndedByEstimate(outcome, figures)) return { vote: 'reject' };
  return { vote: 'reject', reason: `Preparation would take more memory than allowed. ${estimatedBy('memory')}` };
}

/** Did an estimate of time or memory end the job? Wall-clock time is never an estimate. */
export function wasEndedByEstimate(outcome: Outcome, figures: Figures): boolean {
  if (figures === 'measured') return false;
  return outcome.kind === 'out-of-memory' || (outcome.kind === 'timed-out' && outcome.clock !== 'wall');
}

/** Did the wall clock end a job of a worker that estimates? Such a worker is slower than those of validators. */
export function wasEndedBySlowWorker(outcome: Outcome, figures: Figures): boolean {
  return figures === 'estimated' && outcome.kind === 'timed-out' && outcome.clock === 'wall';
}

function isRuntimeFault(outcome: Outcome): boolean {
  switch (outcomeKinds[outcome.kind].fault) {
    case 'runtime':
      return true;
    case 'host':
      return false;
    case 'by-error':
      return 'error' in outcome && isRuntimeError(outcome.error);
    case 'by-signal':
      return 'message' in outcome && isCrash(outcome.message);
  }
}

/** Errors of the disk, the kernel or the host are this machine's. A validator would not get them. */
function isRuntimeError({ tag }: PrepareError): boolean {
  switch (tag) {
    case 'Prevalidation':
    case 'Preparation':
    case 'RuntimeConstruction':
    case 'JobError':
    case 'TimedOut':
    case 'OutOfMemory':
    case 'CouldNotDecompressCodeBlob':
      return true;
    case 'IoErr':
    case 'CreateTmpFile':
    case 'RenameTmpFile':
    case 'ClearWorkerDir':
    case 'JobDied':
    case 'Kernel':
      return false;
  }
}

/** A compiler that crashes on a blob crashes on a validator too. SIGKILL comes from this machine's OOM killer. */
function isCrash(message: string): boolean {
  return /SIG(SEGV|ABRT|BUS|ILL|FPE)/.test(message);
}

function timeOutVote({ clock, limitMs }: Extract<Outcome, { kind: 'timed-out' }>, figures: Figures): Voted {
  const limit = formatSeconds(limitMs);
  const onWall = `Preparation had not finished after ${limit} of wall-clock time`;
  if (figures === 'measured') {
    const reason =
      clock === 'wall'
        ? `${onWall}, when a validator gives up.`
        : `Preparation took more than the allowed ${limit} of CPU time.`;
    return { vote: 'reject', reason };
  }
  if (clock === 'wall') {
    // The estimated CPU time was still within the limit: this machine is slow or busy.
    const reason = `${onWall}. The built-in worker is slower than a native one, so this says nothing about validators.`;
    return { vote: 'undecided', reason };
  }
  const reason = `Preparation would take more than the allowed ${limit} of CPU time. ${estimatedBy('time')}`;
  return { vote: 'reject', reason };
}

function estimatedBy(what: 'time' | 'memory'): string {
  return `The built-in worker estimated (${estimateError}) the ${what} that a native worker would need.`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
