export interface Progress {
  readonly elapsedMs: number;
  /** Share of the work that is done, 0 to 1; absent where it is not counted. */
  readonly share?: number | undefined;
  /** Expected time for the whole, from experience. */
  readonly expectedMs?: number | undefined;
}

/** From this share on, the elapsed time predicts the rest better than experience does. */
const RELIABLE_SHARE = 0.1;

/** Milliseconds that are left, negative when the work takes longer than expected; undefined when nothing is known. */
export function timeLeftMs({ elapsedMs, share, expectedMs }: Progress): number | undefined {
  if (share !== undefined && share >= RELIABLE_SHARE) return elapsedMs / share - elapsedMs;
  return expectedMs === undefined ? undefined : expectedMs - elapsedMs;
}
