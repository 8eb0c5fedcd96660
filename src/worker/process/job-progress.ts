/** Progress of a compilation, as numbers of functions. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
}

/** A line of the built-in worker on stderr. Polkadot's own worker reports no progress. */
const line = / DEBUG parachain::pvf-prepare-worker: compiled (\d{1,9}) of (\d{1,9}) functions$/;

/** Parses the progress in a line of stderr; undefined for other lines. */
export function progressIn(text: string): JobProgress | undefined {
  const found = line.exec(text);
  if (found === null) return undefined;
  const [done, total] = [Number(found[1]), Number(found[2])];
  return done <= total ? { done, total } : undefined;
}
