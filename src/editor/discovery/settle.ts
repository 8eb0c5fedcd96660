import { sleep } from '../../base/deadline.ts';
import { type FileState, sameState, stateOf } from '../../base/file-state.ts';

export type Settled =
  | { readonly kind: 'settled'; readonly file: FileState }
  /** The file was absent for the quiet time. */
  | { readonly kind: 'gone' }
  /** The file still changed at the deadline. */
  | { readonly kind: 'still-changing' };

export interface SettleOptions {
  /** The time for which size and times must not change, in milliseconds. Default: 300. */
  readonly quietMs?: number;
  /** The longest wait, in milliseconds. Default: 60 000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

const READS_PER_QUIET_TIME = 3;

/**
 * Waits until a file no longer changes: a build rewrites its files in place. Rejects with the signal's reason, or with the
 * system's error, except for an absent file.
 */
export async function settle(path: string, options: SettleOptions = {}): Promise<Settled> {
  const { quietMs = 300, deadlineMs = 60_000, signal } = options;
  const until = performance.now() + deadlineMs;
  let file = await stateOf(path);
  // The age of the file counts, so that an old file is settled at once.
  let since = performance.now() - ageOf(file, quietMs);
  for (;;) {
    const left = since + quietMs - performance.now();
    if (left <= 0) return file ? { kind: 'settled', file } : { kind: 'gone' };
    if (performance.now() >= until) return { kind: 'still-changing' };
    await sleep(Math.min(left, quietMs / READS_PER_QUIET_TIME), signal);
    const now = await stateOf(path);
    if (!sameState(file, now)) since = performance.now() - ageOf(now, quietMs);
    file = now;
  }
}

/**
 * The time since the last change of the file, at most `quietMs`. Uses the change time, which programs can't set. The clock of
 * a file server may differ from the local one.
 */
function ageOf(file: FileState | undefined, quietMs: number): number {
  return file === undefined ? 0 : Math.min(Math.max(Date.now() - file.changedMs, 0), quietMs);
}
