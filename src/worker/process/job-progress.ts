/** How far a compilation is, in functions. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
}

/** As the built-in worker writes it to stderr; Polkadot's own never says how far it is. */
const line = / DEBUG parachain::pvf-prepare-worker: compiled (\d{1,9}) of (\d{1,9}) functions$/;

/** The progress that a line of stderr tells of; undefined when it tells of something else. */
export function progressIn(text: string): JobProgress | undefined {
  const found = line.exec(text);
  if (found === null) return undefined;
  const [done, total] = [Number(found[1]), Number(found[2])];
  return done <= total ? { done, total } : undefined;
}
