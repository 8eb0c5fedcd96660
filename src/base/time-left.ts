export interface Progress {
  readonly elapsedMs: number;
  /** Finished share of the work, from 0 to 1. Absent when unknown. */
  readonly share?: number | undefined;
  /** Expected total time, from earlier runs. */
  readonly expectedMs?: number | undefined;
}

/** From this share on, the elapsed time predicts the rest better than earlier runs do. */
const RELIABLE_SHARE = 0.1;

/** Remaining milliseconds; negative when the work takes longer than expected, undefined when unknown. */
export function timeLeftMs({ elapsedMs, share, expectedMs }: Progress): number | undefined {
  if (share !== undefined && share >= RELIABLE_SHARE) return elapsedMs / share - elapsedMs;
  return expectedMs === undefined ? undefined : expectedMs - elapsedMs;
}
