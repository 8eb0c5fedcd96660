import type { ProcessExit } from '../../base/process-exit.ts';
import type { PrepareError } from '../../polkadot/prepare-error.ts';

/** Discriminants of the `PrepareError`s that have a text. */
const withText = {
  0: 'Prevalidation',
  1: 'Preparation',
  2: 'RuntimeConstruction',
  3: 'JobError',
  5: 'IoErr',
  12: 'CouldNotDecompressCodeBlob',
} as const satisfies Record<number, PrepareError['tag']>;

const withoutText = { 4: 'TimedOut', 8: 'OutOfMemory' } as const satisfies Record<number, PrepareError['tag']>;

/** A status of engine/src/status.rs: the machine has no more memory. */
const EXHAUSTED = 100;

/** The worker's answer to a job that the helper could not finish. */
export function helperError(code: number, text: string, jobPid: number): PrepareError {
  if (code in withText) return { tag: withText[code as keyof typeof withText], value: text };
  if (code in withoutText) return { tag: withoutText[code as keyof typeof withoutText], value: undefined };
  const err = code === EXHAUSTED ? 'the engine has no more memory' : `unknown error ${code} of the engine: ${text}`;
  return { tag: 'JobDied', value: { err, jobPid } };
}

/** The answer when the helper died without one, in the words that Polkadot's worker has for its own job process. */
export function helperDied(exit: ProcessExit, jobPid: number): PrepareError {
  return { tag: 'JobDied', value: { err: deathOf(exit, jobPid), jobPid } };
}

function deathOf(exit: ProcessExit, pid: number): string {
  switch (exit.kind) {
    case 'killed':
      return `received signal: ${exit.signal}`;
    case 'exited':
      return `unexpected wait status: Exited(Pid(${pid}), ${exit.code})`;
    case 'not-started':
      return `the native helper could not be started: ${exit.error.message}`;
  }
}
