import type { OutcomeSummary } from '../model/report.ts';
import { display, isDeterministic, messageOf, type PrepareError } from '../polkadot/prepare-error.ts';
import type { Outcome } from '../worker/host/outcome.ts';

/** Why there is no artifact: an error of Polkadot's host, or a cause that only this tool has. */
type Cause =
  | { readonly from: 'polkadot'; readonly error: PrepareError }
  | { readonly from: 'tool'; readonly variant: string; readonly message: string };

/** The outcome for the report. */
export function summarizeOutcome(outcome: Outcome): OutcomeSummary {
  const cause = causeOf(outcome);
  return { kind: outcome.kind, ...(cause && { error: summarizeCause(cause) }) };
}

/** The `PrepareError` that Polkadot's host makes of an outcome. Undefined where it makes none. */
export function prepareErrorOf(outcome: Outcome): PrepareError | undefined {
  const cause = causeOf(outcome);
  return cause?.from === 'polkadot' ? cause.error : undefined;
}

/** The error as a validator logs it, or the tool's own message. */
export function displayOutcome(outcome: Outcome): string {
  const cause = causeOf(outcome);
  if (cause === undefined) return outcome.kind;
  return cause.from === 'polkadot' ? display(cause.error) : cause.message;
}

function summarizeCause(cause: Cause): NonNullable<OutcomeSummary['error']> {
  if (cause.from === 'tool') return { variant: cause.variant, message: cause.message, deterministic: false };
  const { error } = cause;
  return { variant: error.tag, message: messageOf(error), deterministic: isDeterministic(error) };
}

/** Polkadot's errors as in `handle_worker_concluded` (`prepare/queue.rs`). The reverse is `outcomeOfError`. */
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
      return { from: 'tool', variant: outcome.cause, message: outcome.message };
    case 'cancelled':
      return { from: 'tool', variant: outcome.kind, message: `cancelled by ${outcome.by}` };
    case 'unreachable':
    case 'unsupported-worker':
    case 'stale-input':
      return { from: 'tool', variant: outcome.kind, message: outcome.message };
  }
}

function polkadot(error: PrepareError): Cause {
  return { from: 'polkadot', error };
}
