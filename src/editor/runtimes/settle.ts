/** Waits until nobody writes a file any more: a build makes several files and rewrites them in place. */
import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { sleep } from '../../base/deadline.ts';

export type Settled =
  | { readonly kind: 'settled'; readonly bytes: number; readonly modifiedMs: number }
  /** Absent all the while. */
  | { readonly kind: 'gone' }
  /** It still changed when the time was up. */
  | { readonly kind: 'restless' };

export interface SettleOptions {
  /** How long size and times must stay as they are, in milliseconds. 300 when absent. */
  readonly quietMs?: number;
  /** How long to wait for that, in milliseconds. 60 000 when absent. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

const LOOKS_PER_QUIET_TIME = 3;

/** Rejects with the signal's reason, or with what `stat` says other than that there is no file. */
export async function settle(path: string, options: SettleOptions = {}): Promise<Settled> {
  const { quietMs = 300, deadlineMs = 60_000, signal } = options;
  const until = performance.now() + deadlineMs;
  let seen = await look(path);
  // The file's own time answers at once for one that was written long ago.
  if (seen && isOld(seen, quietMs)) return settled(seen);
  let since = performance.now();
  while (performance.now() - since < quietMs) {
    if (performance.now() >= until) return { kind: 'restless' };
    await sleep(quietMs / LOOKS_PER_QUIET_TIME, signal);
    const now = await look(path);
    if (!same(seen, now)) since = performance.now();
    seen = now;
  }
  return seen ? settled(seen) : { kind: 'gone' };
}

/** By the time of the last change, which unlike that of the last modification nobody can set back. */
function isOld(stats: BigIntStats, quietMs: number): boolean {
  return Date.now() - Number(stats.ctimeMs) > quietMs;
}

function settled({ size, mtimeMs }: BigIntStats): Settled {
  return { kind: 'settled', bytes: Number(size), modifiedMs: Number(mtimeMs) };
}

function same(a: BigIntStats | undefined, b: BigIntStats | undefined): boolean {
  return a?.ino === b?.ino && a?.size === b?.size && a?.mtimeNs === b?.mtimeNs && a?.ctimeNs === b?.ctimeNs;
}

async function look(path: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
