import type { PrepareError } from '../../polkadot/prepare-error.ts';
import { EngineThreadError } from './engine-thread.ts';
import type { CommandOutcome } from './messages.ts';

export type Failure = Exclude<CommandOutcome<never>, { kind: 'done' }>;

/** Discriminants of the `PrepareError`s that have a text. */
const texts = {
  0: 'Prevalidation',
  1: 'Preparation',
  2: 'RuntimeConstruction',
  3: 'JobError',
  12: 'CouldNotDecompressCodeBlob',
} as const satisfies Record<number, PrepareError['tag']>;

/** The statuses of engine/src/status.rs. */
const statuses = { panicked: 3, cancelled: 4, memoryLimit: 8, exhausted: 100 } as const;

/** The worker's answer to a job that failed. */
export function prepareErrorOf(failure: Failure): PrepareError {
  return failure.kind === 'refused' ? refusal(failure.code, failure.text) : trap(failure.status, failure.text);
}

/** For a job whose thread died: that says nothing about the code. */
export function jobDied(err: string): PrepareError {
  return { tag: 'JobDied', value: { err, jobPid: process.pid } };
}

/** Rethrows what is a defect of ours. */
export function diedOf(error: unknown): PrepareError {
  if (error instanceof EngineThreadError) return jobDied(error.message);
  throw error;
}

function refusal(code: number, text: string): PrepareError {
  if (code === 4) return { tag: 'TimedOut', value: undefined };
  if (code === 8) return { tag: 'OutOfMemory', value: undefined };
  if (code in texts) return { tag: texts[code as keyof typeof texts], value: text };
  return jobDied(`unknown error ${code} of the engine: ${text}`);
}

function trap(status: number, text: string): PrepareError {
  switch (status) {
    case statuses.panicked:
      return { tag: 'JobError', value: text };
    case statuses.cancelled:
      return { tag: 'TimedOut', value: undefined };
    case statuses.memoryLimit:
      return { tag: 'OutOfMemory', value: undefined };
    case statuses.exhausted:
      return jobDied('the engine has no more memory');
    default:
      return jobDied(`received trap: ${text}`);
  }
}
