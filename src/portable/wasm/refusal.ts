import { type PrepareError, prepareErrorFrom } from '../../polkadot/prepare-error.ts';
import { engineStatus } from '../engine-status.ts';
import { EngineThreadError } from './engine-thread.ts';
import type { CommandOutcome } from './messages.ts';

export type Failure = Exclude<CommandOutcome<never>, { kind: 'done' }>;

/** Converts a failure to the worker's answer. */
export function prepareErrorOf(failure: Failure): PrepareError {
  return failure.kind === 'refused' ? refusal(failure.code, failure.text) : trap(failure.status, failure.text);
}

/** Says nothing about the code. */
function jobDied(err: string): PrepareError {
  return { tag: 'JobDied', value: { err, jobPid: process.pid } };
}

/** Converts the death of a thread to the worker's answer. Rethrows other errors, which are bugs. */
export function diedOf(error: unknown): PrepareError {
  if (error instanceof EngineThreadError) return jobDied(error.message);
  throw error;
}

function refusal(code: number, text: string): PrepareError {
  return prepareErrorFrom(code, text) ?? jobDied(`unknown error ${code} of the engine: ${text}`);
}

function trap(status: number, text: string): PrepareError {
  switch (status) {
    case engineStatus.PANICKED:
      return { tag: 'JobError', value: text };
    case engineStatus.CANCELLED:
      return { tag: 'TimedOut', value: undefined };
    case engineStatus.OUT_OF_MEMORY:
      return { tag: 'OutOfMemory', value: undefined };
    case engineStatus.EXHAUSTED:
      return jobDied('the engine has no more memory');
    default:
      return jobDied(`received trap: ${text}`);
  }
}
