import { sleep } from '../../base/deadline.ts';
import { type FileState, sameState, stateOf } from '../../base/file-state.ts';

export type Settled =
  | { readonly kind: 'settled'; readonly file: FileState }
  /** There was no file all the time. */
  | { readonly kind: 'gone' }
  /** The file still changed at the deadline. */
  | { readonly kind: 'still-changing' };

export interface SettleOptions {
  /** For how long size and times must not change, in milliseconds. 300 when absent. */
  readonly quietMs?: number;
  /** How long to wait for that, in milliseconds. 60 000 when absent. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

const LOOKS_PER_QUIET_TIME = 3;

/**
 * Waits until nobody writes to a file any more: a build makes several files and rewrites them in place.
 * Rejects with the signal's reason, or with the system's error unless that says that there is no file.
 */
export async function settle(path: string, options: SettleOptions = {}): Promise<Settled> {
  const { quietMs = 300, deadlineMs = 60_000, signal } = options;
  const until = performance.now() + deadlineMs;
  let file = await stateOf(path);
  // The age of the file counts, so that one that was written long ago is settled at once.
  let since = performance.now() - ageOf(file, quietMs);
  for (;;) {
    const left = since + quietMs - performance.now();
    if (left <= 0) return file ? { kind: 'settled', file } : { kind: 'gone' };
    if (performance.now() >= until) return { kind: 'still-changing' };
    await sleep(Math.min(left, quietMs / LOOKS_PER_QUIET_TIME), signal);
    const now = await stateOf(path);
    if (!sameState(file, now)) since = performance.now() - ageOf(now, quietMs);
    file = now;
  }
}

/**
 * How long the file has been quiet, at most `quietMs`. Uses the time of the last change, which cannot be set back. The
 * clock of a file server may differ from ours.
 */
function ageOf(file: FileState | undefined, quietMs: number): number {
  return file === undefined ? 0 : Math.min(Math.max(Date.now() - file.changedMs, 0), quietMs);
}
