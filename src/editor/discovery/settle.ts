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
  // The file's own time counts, so that one that was written long ago is settled at once.
  let since = performance.now() - ageOf(seen, quietMs);
  for (;;) {
    const left = since + quietMs - performance.now();
    if (left <= 0) return seen ? settled(seen) : { kind: 'gone' };
    if (performance.now() >= until) return { kind: 'restless' };
    await sleep(Math.min(left, quietMs / LOOKS_PER_QUIET_TIME), signal);
    const now = await look(path);
    if (!same(seen, now)) since = performance.now() - ageOf(now, quietMs);
    seen = now;
  }
}

/**
 * How long the file has been quiet, as far as that matters. By the time of the last change, which unlike that of the last
 * modification nobody can set back; a file server's clock may differ from ours.
 */
function ageOf(stats: BigIntStats | undefined, quietMs: number): number {
  return stats === undefined ? 0 : Math.min(Math.max(Date.now() - Number(stats.ctimeMs), 0), quietMs);
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
