import { eventually } from '../../ui/support/eventually.ts';

/** Long enough for a slow, busy machine. */
const WAIT_MS = 75_000;

/** Time limit of a test, which may wait several times. */
export const SLOW_MS = 240_000;

/** Waits for a wanted value and returns it. */
export function until<T>(what: string, read: () => T | Promise<T>, isWanted: (value: T) => boolean): Promise<T> {
  return eventually(what, read, isWanted, WAIT_MS);
}
