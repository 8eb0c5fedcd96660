import type { OutcomeSummary } from '../model/report.ts';
import { display, isDeterministic, messageOf, type PrepareError } from '../polkadot/prepare-error.ts';
import type { Outcome } from '../worker/host/outcome.ts';

/** Why an outcome is no artifact: an error that Polkadot's host has too, or a cause of our own. */
type Cause =
  | { readonly from: 'polkadot'; readonly error: PrepareError }
  | { readonly from: 'us'; readonly variant: string; readonly message: string };

/** An outcome as the report has it. */
export function summarizeOutcome(outcome: Outcome): OutcomeSummary {
  const cause = causeOf(outcome);
  return { kind: outcome.kind, ...(cause && { error: summarizeCause(cause) }) };
}

/** The `PrepareError` that Polkadot's host makes of an outcome; undefined where it makes none. */
export function prepareErrorOf(outcome: Outcome): PrepareError | undefined {
  const cause = causeOf(outcome);
  return cause?.from === 'polkadot' ? cause.error : undefined;
}

/** The error as a validator finds it in its log, or our own words where the job never came so far. */
export function displayOutcome(outcome: Outcome): string {
  const cause = causeOf(outcome);
  if (cause === undefined) return outcome.kind;
  return cause.from === 'polkadot' ? display(cause.error) : cause.message;
}

function summarizeCause(cause: Cause): NonNullable<OutcomeSummary['error']> {
  if (cause.from === 'us') return { variant: cause.variant, message: cause.message, deterministic: false };
  const { error } = cause;
  return { variant: error.tag, message: messageOf(error), deterministic: isDeterministic(error) };
}

/** Polkadot's errors as in `prepare/queue.rs` `handle_worker_concluded`; the reverse is `outcomeOfError`. */
function causeOf(outcome: Outcome): Cause | undefined {
  switch (outcome.kind) {
    case 'concluded':
      return 'error' in outcome ? polkadot(outcome.error) : undefined;
    case 'create-tmp-file':
      return polkadot({ tag: 'CreateTmpFile', value: outcome.message });
    case 'rename-tmp-file':
      return polkadot({ tag: 'RenameTmpFile', value: { err: outcome.message, src: outcome.source, dest: undefined } });
    case 'clear-worker-dir':
      return polkadot({ tag: 'ClearWorkerDir', value: outcome.message });
    case 'timed-out':
      return polkadot({ tag: 'TimedOut', value: undefined });
    case 'io-error':
      return polkadot({ tag: 'IoErr', value: outcome.message });
    case 'out-of-memory':
      return polkadot({ tag: 'OutOfMemory', value: undefined });
    case 'job-died':
      return polkadot({ tag: 'JobDied', value: { err: outcome.message, jobPid: outcome.jobPid } });
    case 'not-spawned':
      return { from: 'us', variant: outcome.cause, message: outcome.message };
    case 'cancelled':
      return { from: 'us', variant: outcome.kind, message: `cancelled by ${outcome.by}` };
    case 'unreachable':
    case 'unsupported-worker':
    case 'stale-input':
      return { from: 'us', variant: outcome.kind, message: outcome.message };
  }
}

function polkadot(error: PrepareError): Cause {
  return { from: 'polkadot', error };
}
