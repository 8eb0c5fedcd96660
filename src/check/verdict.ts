import { formatSeconds } from '../base/units.ts';
import type { Outcome } from '../worker/host/outcome.ts';
import type { PrepareError } from '../worker/wire/prepare-error.ts';
import { displayOutcome } from './outcome-summary.ts';
import type { Verdict } from './report.ts';

/**
 * How a validator would vote. Its checker votes against on every error, deterministic or not (polkadot PR 6492); we
 * keep back from that only where the fault is plainly our machine's and says nothing of the runtime.
 */
export function verdictOf(outcome: Outcome): Verdict {
  if (outcome.kind === 'concluded' && 'prepared' in outcome) {
    return {
      vote: 'accept',
      reason: 'It was prepared within its limits: a validator with such a worker votes for it.',
    };
  }
  if (outcome.kind === 'timed-out') return { vote: 'reject', reason: timeOutReason(outcome) };
  const reason = sentence(displayOutcome(outcome));
  return { vote: isOfTheRuntime(outcome) ? 'reject' : 'undecided', reason };
}

function isOfTheRuntime(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'concluded':
      return 'error' in outcome && isErrorOfTheRuntime(outcome.error);
    case 'timed-out':
    case 'out-of-memory':
      return true;
    case 'job-died':
      return isCrash(outcome.message);
    case 'unreachable':
    case 'create-tmp-file':
    case 'rename-tmp-file':
    case 'clear-worker-dir':
    case 'io-error':
    case 'not-spawned':
    case 'unsupported-worker':
    case 'cancelled':
    case 'stale-input':
      return false;
  }
}

/** Errors of a disk, of a kernel's refusal, or of the host itself would not happen to a validator's machine. */
function isErrorOfTheRuntime({ tag }: PrepareError): boolean {
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

function timeOutReason({ clock, limitMs }: Extract<Outcome, { kind: 'timed-out' }>): string {
  const limit = formatSeconds(limitMs);
  return clock === 'wall'
    ? `Preparation had not ended after ${limit} of wall-clock time, at which a validator gives up.`
    : `Preparation took more than the ${limit} of CPU time that it may take.`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
