import type { ProcessExit } from '../../base/process-exit.ts';
import { type PrepareError, prepareErrorFrom } from '../../polkadot/prepare-error.ts';
import { engineStatus } from '../engine-status.ts';

/**
 * Converts an error of the helper to the worker's answer.
 * @param code discriminant of a `PrepareError`, or `EXHAUSTED` of `engineStatus`
 */
export function helperError(code: number, text: string, jobPid: number): PrepareError {
  const { EXHAUSTED } = engineStatus;
  const err = code === EXHAUSTED ? 'the engine has no more memory' : `unknown error ${code} of the engine: ${text}`;
  return prepareErrorFrom(code, text) ?? { tag: 'JobDied', value: { err, jobPid } };
}

/** The answer when the helper died without one, with the texts that Polkadot's worker has for its job process. */
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
