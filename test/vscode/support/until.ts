import { eventually } from '../../ui/support/eventually.ts';

/** A slow machine with a lot to do; a run that hangs is ended by the rig. */
const WAIT_MS = 75_000;

/** For mocha: a test may wait several times. */
export const SLOW_MS = 240_000;

/** Waits until it is as wanted, and returns that. */
export function until<T>(what: string, read: () => T | Promise<T>, isWanted: (value: T) => boolean): Promise<T> {
  return eventually(what, read, isWanted, WAIT_MS);
}
