/** Progress of a compilation, in functions. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
}

/** The line that the built-in worker writes to stderr. Polkadot's own worker reports no progress. */
const line = / DEBUG parachain::pvf-prepare-worker: compiled (\d{1,9}) of (\d{1,9}) functions$/;

/** The progress in a line of stderr; undefined when it is some other line. */
export function progressIn(text: string): JobProgress | undefined {
  const found = line.exec(text);
  if (found === null) return undefined;
  const [done, total] = [Number(found[1]), Number(found[2])];
  return done <= total ? { done, total } : undefined;
}
