import type { PrepareError } from '../../polkadot/prepare-error.ts';
import { EngineThreadError } from './engine-thread.ts';
import type { Ending } from './messages.ts';

export type Failure = Exclude<Ending<never>, { kind: 'done' }>;

/** Discriminants of `PrepareError` that come with a text. */
const texts = {
  0: 'Prevalidation',
  1: 'Preparation',
  2: 'RuntimeConstruction',
  3: 'JobError',
  12: 'CouldNotDecompressCodeBlob',
} as const satisfies Record<number, PrepareError['tag']>;

/** Of engine/src/status.rs. */
const statuses = { panicked: 3, cancelled: 4, memoryLimit: 8, exhausted: 100 } as const;

/** What the worker answers to a job that ended so. */
export function prepareErrorOf(failure: Failure): PrepareError {
  return failure.kind === 'refused' ? refusal(failure.code, failure.text) : trap(failure.status, failure.text);
}

/** What is thrown inside a job is the thread's death or a defect of ours; neither says anything about the code. */
export function jobDied(err: string): PrepareError {
  return { tag: 'JobDied', value: { err, jobPid: process.pid } };
}

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
