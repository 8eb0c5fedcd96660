import { textOf } from '../base/errors.ts';
import type { Outcome } from '../worker/host/outcome.ts';
import { type ExaminedWorker, type ExamineOptions, examineWorker } from '../worker/identity/examine.ts';
import { UnsupportedWorker } from '../worker/identity/version.ts';
import { type LocateRequest, locateWorkers } from '../worker/locate/locate.ts';
import type { Candidate, Place } from '../worker/locate/place.ts';
import { SpawnError } from '../worker/process/spawn-worker.ts';

/** A worker that can be used, or the outcome that every job has without one. */
export type WorkerChoice =
  | { readonly kind: 'worker'; readonly worker: ExaminedWorker; readonly refused: readonly Refusal[] }
  | { readonly kind: 'none'; readonly outcome: Outcome; readonly places: readonly Place[] };

/** A candidate that turned out to be none, and why. */
export interface Refusal {
  readonly candidate: Candidate;
  readonly message: string;
  readonly outcome: Outcome;
}

/**
 * Takes the first candidate of the search that really is a prepare worker. One that was asked for by name is the only
 * candidate: nobody wants a verdict from another worker than the one that they named.
 */
export async function chooseWorker(
  search: LocateRequest,
  examine: ExamineOptions,
  signal: AbortSignal,
): Promise<WorkerChoice> {
  const { candidates, places } = await locateWorkers(search);
  const asked = search.wanted !== undefined;
  const refused: Refusal[] = [];
  for (const candidate of candidates.filter(({ source }) => !asked || source === 'setting')) {
    const result = await tryCandidate(candidate, examine, signal);
    if ('program' in result) return { kind: 'worker', worker: result, refused };
    examine.log.warn(`Not taken as a worker: ${result.message}`);
    refused.push(result);
  }
  return { kind: 'none', outcome: refused[0]?.outcome ?? noWorker(places, asked), places };
}

async function tryCandidate(
  candidate: Candidate,
  examine: ExamineOptions,
  signal: AbortSignal,
): Promise<ExaminedWorker | Refusal> {
  try {
    return await examineWorker(candidate.path, examine, signal);
  } catch (error) {
    if (!(error instanceof UnsupportedWorker || error instanceof SpawnError)) throw error;
    const message = textOf(error);
    const outcome: Outcome =
      error instanceof SpawnError
        ? { kind: 'not-spawned', cause: error.failure, message }
        : { kind: 'unsupported-worker', message };
    return { candidate, message, outcome };
  }
}

function noWorker(places: readonly Place[], asked: boolean): Outcome {
  const [wanted] = places.filter(({ source }) => source === 'setting');
  const message =
    asked && wanted
      ? `${wanted.path} can't be used as a prepare worker (${wanted.state}): ${wanted.note}`
      : 'No prepare worker was found on this machine';
  return { kind: 'not-spawned', cause: 'no-worker', message };
}
