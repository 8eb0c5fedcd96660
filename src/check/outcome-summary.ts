import type { OutcomeSummary } from '../model/report.ts';
import { display, isDeterministic, messageOf, type PrepareError } from '../polkadot/prepare-error.ts';
import type { Outcome } from '../worker/host/outcome.ts';

/** An outcome as the report has it. */
export function summarizeOutcome(outcome: Outcome): OutcomeSummary {
  const error = errorOf(outcome);
  return { kind: outcome.kind, ...(error && { error }) };
}

function errorOf(outcome: Outcome): OutcomeSummary['error'] {
  const polkadot = prepareErrorOf(outcome);
  if (polkadot) {
    return { variant: polkadot.tag, message: messageOf(polkadot), deterministic: isDeterministic(polkadot) };
  }
  switch (outcome.kind) {
    case 'concluded':
      return undefined;
    case 'not-spawned':
      return { variant: outcome.cause, message: outcome.message, deterministic: false };
    case 'cancelled':
      return { variant: outcome.kind, message: `cancelled by ${outcome.by}`, deterministic: false };
    case 'unreachable':
    case 'unsupported-worker':
    case 'stale-input':
      return { variant: outcome.kind, message: outcome.message, deterministic: false };
    default:
      return undefined;
  }
}

/** The `PrepareError` that Polkadot's host makes of an outcome (`prepare/queue.rs` `handle_worker_concluded`). */
export function prepareErrorOf(outcome: Outcome): PrepareError | undefined {
  switch (outcome.kind) {
    case 'concluded':
      return 'error' in outcome ? outcome.error : undefined;
    case 'create-tmp-file':
      return { tag: 'CreateTmpFile', value: outcome.message };
    case 'rename-tmp-file':
      return { tag: 'RenameTmpFile', value: { err: outcome.message, src: outcome.source, dest: undefined } };
    case 'clear-worker-dir':
      return { tag: 'ClearWorkerDir', value: outcome.message };
    case 'timed-out':
      return { tag: 'TimedOut', value: undefined };
    case 'io-error':
      return { tag: 'IoErr', value: outcome.message };
    case 'out-of-memory':
      return { tag: 'OutOfMemory', value: undefined };
    case 'job-died':
      return { tag: 'JobDied', value: { err: outcome.message, jobPid: outcome.jobPid } };
    case 'unreachable':
    case 'not-spawned':
    case 'unsupported-worker':
    case 'cancelled':
    case 'stale-input':
      return undefined;
  }
}

/** The error as a validator finds it in its log, or our own words where it never came so far. */
export function displayOutcome(outcome: Outcome): string {
  const polkadot = prepareErrorOf(outcome);
  if (polkadot) return display(polkadot);
  return errorOf(outcome)?.message ?? outcome.kind;
}
