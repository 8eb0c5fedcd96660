/** Limit profiles for display: every value with its text, in force and scheduled. Plain data, for JSON and for messages between threads. */
import type { ExecutorParamSummary } from './report.ts';

export type ProfileValueUnit = 'bytes' | 'ms' | 'blocks' | 'sessions' | 'params';

/** One value of a profile. */
export interface ProfileValueSummary {
  /** Stable, kebab-case. */
  readonly id: string;
  /** `Code size` */
  readonly label: string;
  readonly unit: ProfileValueUnit;
  /** One sentence that says who enforces the value, and what happens. */
  readonly about: string;
  readonly active: ProfileFigure;
  /** One for each member of `ProfileSummary.pending`. */
  readonly pending: readonly ProfileFigure[];
}

export interface ProfileFigure {
  /** In the unit of the value. Absent: not known, or not set. */
  readonly value?: number | readonly ExecutorParamSummary[];
  /** One line, or one for each executor param: `3.00 MiB (3 145 728 B)`, `60 s (default)`, `not known`. */
  readonly lines: readonly string[];
}

/** A profile with all its values. */
export interface ProfileSummary {
  readonly name: string;
  readonly source: string;
  /** ISO 8601 day on which the values were read. */
  readonly date: string;
  readonly chain?: string;
  readonly specVersion?: number;
  readonly block?: { readonly number: number; readonly hash: string };
  readonly session?: number;
  readonly rpc?: string;
  /** What is not known, or was derived. */
  readonly notes: readonly string[];
  readonly values: readonly ProfileValueSummary[];
  /** The scheduled changes, the earliest first. */
  readonly pending: readonly { readonly fromSession?: number }[];
}

/** Governance changes the limits a few times a year. */
const OLD_DAYS = 30;

const DAY_MS = 86_400_000;

/** Whole days from an ISO 8601 day to a time, in UTC. Negative for a day in the future, NaN for `2026-02-99`. */
export function daysSince(day: string, nowMs: number): number {
  return Math.floor(nowMs / DAY_MS) - Date.parse(day) / DAY_MS;
}

export function isOldProfile(day: string, nowMs: number): boolean {
  return daysSince(day, nowMs) > OLD_DAYS;
}

/** `read today`, `read 3 days ago`, `read 45 days ago, so the limits may have changed since`. */
export function profileAge(day: string, nowMs: number): string {
  const days = daysSince(day, nowMs);
  if (Number.isNaN(days)) return `dated ${day}, which is no day`;
  if (days < 0) return `dated ${day}, which is in the future`;
  if (days === 0) return 'read today';
  const age = `read ${days} day${days === 1 ? '' : 's'} ago`;
  return isOldProfile(day, nowMs) ? `${age}, so the limits may have changed since` : age;
}

/** `From session 1234`, `Scheduled`. */
export function pendingTitle({ fromSession }: { readonly fromSession?: number }): string {
  return fromSession === undefined ? 'Scheduled' : `From session ${fromSession}`;
}

/** Do the scheduled limits differ in this value from those in force? */
export function isChanged(active: ProfileFigure, pending: ProfileFigure): boolean {
  return active.lines.join('\n') !== pending.lines.join('\n');
}
