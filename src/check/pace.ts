/** How far a check is and how long it still takes, as views show it: never backwards, and without jumps. */
import type { CheckProgress } from './check-progress.ts';

/** The state at one moment. Views extrapolate from it. */
export interface Pace {
  /** The time of this state. All times are milliseconds since 1970. */
  readonly atMs: number;
  /** The share that was shown then, 0 to 1. Absent: unknown until now. */
  readonly share?: number;
  /** The first count of functions, and the share that was shown then. */
  readonly counting?: { readonly sinceMs: number; readonly done: number; readonly share: number };
  /** The time left that was shown then, from the counted functions. Absent: too few functions so far. */
  readonly leftMs?: number;
}

/** The part of a running check that the pace depends on. */
export interface Paced extends Pick<CheckProgress, 'done' | 'total' | 'expectedMs' | 'isCounted'> {
  readonly startedMs: number;
  readonly pace: Pace;
}

/** A check that is not done never shows more. */
const MAX_SHARE = 0.99;
/** From here on, the expected time alone moves the bar ever more slowly. */
const SURE_SHARE = 0.8;
/** The part of the bar for the work before the first function. */
const SHARE_BEFORE_COUNTING = 0.1;
/** Fewer functions, or a shorter time, say nothing about the speed. */
const MIN_COUNTED_SHARE = 0.05;
const MIN_COUNTED_MS = 1500;
/** The time in which a new estimate replaces the shown one. */
const SMOOTHING_MS = 4000;

/** The next state. It continues from what the views may have shown last. */
export function nextPace(last: Paced | undefined, next: Omit<Paced, 'pace'>, nowMs: number): Pace {
  const shown = last && shareAt(last, nowMs);
  const counting = last?.pace.counting ?? firstCount(next, shown, nowMs);
  const share = laterOf(
    shown,
    counting === undefined ? expectedShare(next, nowMs) : countedShare(next, counting.share),
  );
  const leftMs = counting && nextLeft(last?.pace, countedLeftMs(next, counting, nowMs), nowMs);
  return {
    atMs: nowMs,
    ...(share === undefined ? {} : { share }),
    ...(counting === undefined ? {} : { counting }),
    ...(leftMs === undefined ? {} : { leftMs }),
  };
}

/** The share to show, 0 to 1. Never less than at any earlier time. */
export function shareAt(paced: Paced, nowMs: number): number | undefined {
  const { share, counting } = paced.pace;
  return counting === undefined ? laterOf(share, expectedShare(paced, nowMs)) : share;
}

export type TimeLeft =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'left'; readonly ms: number }
  | { readonly kind: 'late' };

/**
 * The time left. A worker that counts functions has one as soon as enough are counted. Before that it is unknown, because
 * the machine may be busier than in earlier runs. Other workers have only the expected time.
 */
export function timeLeftAt({ pace, expectedMs, startedMs, isCounted }: Paced, nowMs: number): TimeLeft {
  if (pace.counting !== undefined || isCounted === true) {
    const ms = countdown(pace, nowMs);
    return ms === undefined ? { kind: 'unknown' } : { kind: 'left', ms };
  }
  if (expectedMs === undefined) return { kind: 'unknown' };
  const ms = startedMs + expectedMs - nowMs;
  return ms < 0 ? { kind: 'late' } : { kind: 'left', ms };
}

function firstCount({ done, total }: Omit<Paced, 'pace'>, shown = 0, nowMs: number): Pace['counting'] {
  return done === undefined || total === undefined || total <= 0 ? undefined : { sinceMs: nowMs, done, share: shown };
}

/** The functions take the rest of the bar, from the share that was shown when the first one was counted. */
function countedShare({ done = 0, total = 0 }: Omit<Paced, 'pace'>, from: number): number {
  const counted = total <= 0 ? 0 : Math.min(done / total, 1);
  return Math.min(from + (1 - from) * counted, MAX_SHARE);
}

function expectedShare({ expectedMs, startedMs, isCounted }: Omit<Paced, 'pace'>, nowMs: number): number | undefined {
  if (expectedMs === undefined || expectedMs <= 0) return undefined;
  const share = Math.max(nowMs - startedMs, 0) / expectedMs;
  return isCounted === true ? slowingDown(share, 0, SHARE_BEFORE_COUNTING) : slowingDown(share, SURE_SHARE, MAX_SHARE);
}

/** Returns the share up to `from`, then approaches `limit`. */
function slowingDown(share: number, from: number, limit: number): number {
  if (share <= from) return share;
  const room = limit - from;
  return from + room * (1 - Math.exp((from - share) / room));
}

function countedLeftMs(
  { done = 0, total = 0 }: Omit<Paced, 'pace'>,
  { sinceMs, done: before }: NonNullable<Pace['counting']>,
  nowMs: number,
): number | undefined {
  const counted = done - before;
  const elapsedMs = nowMs - sinceMs;
  if (elapsedMs < MIN_COUNTED_MS || counted <= 0 || counted / total < MIN_COUNTED_SHARE) return undefined;
  return (Math.max(total - done, 0) * elapsedMs) / counted;
}

/** Moves smoothly to a new estimate. The time left grows at most as fast as time passes. */
function nextLeft(last: Pace | undefined, estimateMs: number | undefined, nowMs: number): number | undefined {
  const shown = last && countdown(last, nowMs);
  if (last?.leftMs === undefined || shown === undefined || estimateMs === undefined) return estimateMs ?? shown;
  const passedMs = Math.max(nowMs - last.atMs, 0);
  const weight = 1 - Math.exp(-passedMs / SMOOTHING_MS);
  return Math.min(shown + (estimateMs - shown) * weight, last.leftMs + passedMs);
}

/** Counts down between two states, but not to the end: the next function may take long. */
function countdown({ leftMs, atMs }: Pace, nowMs: number): number | undefined {
  return leftMs === undefined ? undefined : Math.max(leftMs - Math.max(nowMs - atMs, 0), leftMs / 2);
}

function laterOf(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}
