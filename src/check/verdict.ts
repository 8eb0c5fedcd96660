import { formatSeconds } from '../base/units.ts';
import { estimateError } from '../model/estimates.ts';
import { outcomeKinds } from '../model/outcome-table.ts';
import type { Verdict } from '../model/report.ts';
import type { Figures } from '../model/workers.ts';
import type { PrepareError } from '../polkadot/prepare-error.ts';
import type { Outcome } from '../worker/host/outcome.ts';
import { wasEndedByEstimate } from './ended-by-estimate.ts';
import { displayOutcome } from './outcome-summary.ts';

/**
 * How a validator would vote. Its checker votes against on every error, deterministic or not (polkadot PR 6492); we
 * keep back from that only where the fault is plainly our machine's and says nothing of the runtime.
 * @param figures how the worker came by the time and memory that it held against the limits
 */
export function verdictOf(outcome: Outcome, figures: Figures = 'measured'): Verdict {
  if (outcome.kind === 'concluded' && 'prepared' in outcome) {
    return {
      vote: 'accept',
      reason: 'It was prepared within its limits: a validator with such a worker votes for it.',
    };
  }
  if (outcome.kind === 'timed-out') return timeOutVerdict(outcome, figures);
  const said = sentence(displayOutcome(outcome));
  const reason = wasEndedByEstimate(outcome, figures)
    ? `${said} The built-in worker judged it by an estimate (${estimateError}) of the memory that a native worker would need.`
    : said;
  return { vote: isRuntimeFault(outcome) ? 'reject' : 'undecided', reason };
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

/** Errors of a disk, of a kernel's refusal, or of the host itself would not happen to a validator's machine. */
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

/** A compiler that crashes on a blob does so on a validator too; SIGKILL is the local system's memory killer. */
function isCrash(message: string): boolean {
  return /SIG(SEGV|ABRT|BUS|ILL|FPE)/.test(message);
}

function timeOutVerdict({ clock, limitMs }: Extract<Outcome, { kind: 'timed-out' }>, figures: Figures): Verdict {
  const limit = formatSeconds(limitMs);
  const onWall = `Preparation had not ended after ${limit} of wall-clock time`;
  if (figures === 'measured') {
    const reason =
      clock === 'wall'
        ? `${onWall}, at which a validator gives up.`
        : `Preparation took more than the ${limit} of CPU time that it may take.`;
    return { vote: 'reject', reason };
  }
  if (clock === 'wall') {
    // Its estimate was still within the limit: the machine was slow, or too busy.
    const reason = `${onWall}. The built-in worker is slower than a native one, so this says nothing of a validator.`;
    return { vote: 'undecided', reason };
  }
  const reason = `Preparation would take more than the ${limit} of CPU time that it may take. The built-in worker judged it by an estimate (${estimateError}) of the time that a native worker would need.`;
  return { vote: 'reject', reason };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
