import { type BuiltInOptions, builtInWorker } from '../built-in/built-in-worker.ts';
import type { Candidate } from '../locate/place.ts';
import { type ExamineOptions, examineWorker } from './examine.ts';
import type { ExaminedWorker } from './examined-worker.ts';

export interface CandidateOptions extends ExamineOptions {
  readonly builtIn: BuiltInOptions;
}

/** Examines a candidate of the search. Rejects as `examineWorker` does. */
export function examineCandidate(
  { source, path }: Candidate,
  options: CandidateOptions,
  signal: AbortSignal,
): Promise<ExaminedWorker> {
  if (source === 'built-in') return builtInWorker(options.builtIn, options.forcedRevision);
  return examineWorker(path, options, signal);
}
