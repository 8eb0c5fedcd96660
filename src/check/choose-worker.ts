import { errorMessage } from '../base/errors.ts';
import type { WorkerCandidate, WorkerPlace, WorkerSource } from '../model/workers.ts';
import { builtInName } from '../worker/built-in/version.ts';
import type { Outcome } from '../worker/host/outcome.ts';
import { type LocateRequest, locateWorkers } from '../worker/locate/locate.ts';
import { type CandidateOptions, examineCandidate } from '../worker/probe/examine.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';
import { UnsupportedWorker } from '../worker/probe/version.ts';
import { SpawnError } from '../worker/process/spawn-worker.ts';

/** A worker that can be used, or the outcome that every job has without one. */
export type WorkerChoice =
  | { readonly kind: 'worker'; readonly worker: ExaminedWorker; readonly refused: readonly Refusal[] }
  | { readonly kind: 'none'; readonly outcome: Outcome; readonly places: readonly WorkerPlace[] };

/** A candidate that turned out to be none, and why. */
export interface Refusal {
  readonly candidate: WorkerCandidate;
  readonly message: string;
  readonly outcome: Outcome;
}

/**
 * Takes the first candidate of the search that really is a prepare worker; the built-in one is the last. One that was asked
 * for is the only candidate: nobody wants a verdict from another worker than the one that they named.
 */
export async function chooseWorker(
  search: LocateRequest,
  examine: CandidateOptions,
  signal: AbortSignal,
): Promise<WorkerChoice> {
  const { candidates, places } = await locateWorkers(search);
  const refused: Refusal[] = [];
  for (const candidate of eligible(candidates, search)) {
    const result = await tryCandidate(candidate, examine, signal);
    if ('program' in result) return { kind: 'worker', worker: result, refused };
    examine.log.warn(`Not taken as a worker: ${result.message}`);
    refused.push(result);
  }
  return { kind: 'none', outcome: refused[0]?.outcome ?? noWorker(places, sourceAsked(search)), places };
}

async function tryCandidate(
  candidate: WorkerCandidate,
  examine: CandidateOptions,
  signal: AbortSignal,
): Promise<ExaminedWorker | Refusal> {
  try {
    return await examineCandidate(candidate, examine, signal);
  } catch (error) {
    if (!(error instanceof UnsupportedWorker || error instanceof SpawnError)) throw error;
    const message = errorMessage(error);
    const outcome: Outcome =
      error instanceof SpawnError
        ? { kind: 'not-spawned', cause: error.failure, message }
        : { kind: 'unsupported-worker', message };
    return { candidate, message, outcome };
  }
}

/** Those of the candidates that may be taken, best first. */
export function eligible(
  candidates: readonly WorkerCandidate[],
  search: Pick<LocateRequest, 'wanted'>,
): WorkerCandidate[] {
  const asked = sourceAsked(search);
  return candidates.filter(({ source }) => asked === undefined || source === asked);
}

/** The place that the person asked for, if they did. */
function sourceAsked({ wanted }: Pick<LocateRequest, 'wanted'>): WorkerSource | undefined {
  if (wanted === undefined) return undefined;
  return wanted === builtInName ? 'built-in' : 'setting';
}

function noWorker(places: readonly WorkerPlace[], asked: WorkerSource | undefined): Outcome {
  const wanted = places.find(({ source }) => source === asked);
  const message = wanted
    ? `${wanted.path} can't be used as a prepare worker (${wanted.state}): ${wanted.note}`
    : 'No prepare worker was found on this machine';
  return { kind: 'not-spawned', cause: 'no-worker', message };
}
