/** Which worker to use, and what each worker on this machine can do. */
import { errorMessage } from '../base/errors.ts';
import type {
  Diagnosis,
  ExaminedCandidate,
  WorkerCandidate,
  WorkerFacts,
  WorkerPlace,
  WorkerSource,
  WorkersList,
} from '../model/workers.ts';
import { builtInName } from '../worker/built-in/version.ts';
import type { Outcome } from '../worker/host/outcome.ts';
import { type LocateRequest, locateWorkers } from '../worker/locate/locate.ts';
import type { SearchResult } from '../worker/locate/place.ts';
import { type CandidateOptions, examineCandidate } from '../worker/probe/examine.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';
import { UnsupportedWorker } from '../worker/probe/version.ts';
import { SpawnError } from '../worker/process/spawn-worker.ts';

/** A usable worker, or the outcome of every job without one. */
export type WorkerChoice =
  | { readonly kind: 'worker'; readonly worker: ExaminedWorker; readonly source: WorkerSource }
  | { readonly kind: 'none'; readonly outcome: Outcome };

export interface DiagnosisOptions {
  readonly signal?: AbortSignal;
  /** Called before each worker is run. */
  readonly onCandidate?: (path: string) => void;
}

/**
 * Takes the first candidate of the search that is a prepare worker. The built-in one is the last candidate. A worker that
 * the user named is the only candidate: no other worker may give the verdict instead.
 */
export async function chooseWorker(
  search: LocateRequest,
  examine: CandidateOptions,
  signal: AbortSignal,
): Promise<WorkerChoice> {
  const { candidates, places } = await locateWorkers(search);
  const passedOver = places.filter(({ state }) => state === 'not-trusted');
  if (search.wanted === undefined) {
    for (const { path, note } of passedOver) examine.log.warn(`${path} was not used. ${note}`);
  }
  let refusal: Outcome | undefined;
  for (const candidate of eligible(candidates, search)) {
    const result = await tryCandidate(candidate, examine, signal);
    if (!(result instanceof Error)) return { kind: 'worker', worker: result, source: candidate.source };
    examine.log.warn(`Not taken as a worker: ${errorMessage(result)}`);
    refusal ??= refusalOutcome(result);
  }
  return { kind: 'none', outcome: refusal ?? noWorker(places, requestedSource(search)) };
}

/** @param usable the candidates that a preparation could use; absent: all, because none was run */
export function workersList(
  { places, candidates }: SearchResult,
  search: Pick<LocateRequest, 'wanted'>,
  usable: readonly WorkerCandidate[] = candidates,
): WorkersList {
  const [first] = eligible(usable, search);
  if (first !== undefined) {
    const { source, path } = first;
    return { places, candidates, selection: { kind: 'found', source, path } };
  }
  return { places, candidates, selection: { kind: search.wanted === undefined ? 'none' : 'requested-unusable' } };
}

/** Runs every worker that the search finds. Rejects with the signal's reason. */
export async function diagnoseWorkers(
  search: LocateRequest,
  examine: CandidateOptions,
  { signal = new AbortController().signal, onCandidate }: DiagnosisOptions = {},
): Promise<Diagnosis> {
  const found = await locateWorkers(search);
  const examined: ExaminedCandidate[] = [];
  const usable: WorkerCandidate[] = [];
  for (const candidate of found.candidates) {
    const { source, path } = candidate;
    onCandidate?.(path);
    const result = await tryCandidate(candidate, examine, signal);
    if (result instanceof Error) {
      examined.push({ kind: 'unusable', source, path, reason: errorMessage(result) });
    } else {
      usable.push(candidate);
      examined.push({ kind: 'usable', source, path, worker: factsOf(result) });
    }
  }
  const list = workersList(found, search, usable);
  return { runtime: runtimeName(process.versions), cacheFolder: search.cacheFolder, examined, list };
}

async function tryCandidate(
  candidate: WorkerCandidate,
  examine: CandidateOptions,
  signal: AbortSignal,
): Promise<ExaminedWorker | UnsupportedWorker | SpawnError> {
  try {
    return await examineCandidate(candidate, examine, signal);
  } catch (error) {
    if (error instanceof UnsupportedWorker || error instanceof SpawnError) return error;
    throw error;
  }
}

function refusalOutcome(error: UnsupportedWorker | SpawnError): Outcome {
  const message = errorMessage(error);
  return error instanceof SpawnError
    ? { kind: 'not-spawned', cause: error.failure, message }
    : { kind: 'unsupported-worker', message };
}

/** The candidates that may be used, best first. */
function eligible(candidates: readonly WorkerCandidate[], search: Pick<LocateRequest, 'wanted'>): WorkerCandidate[] {
  const requested = requestedSource(search);
  return candidates.filter(({ source }) => requested === undefined || source === requested);
}

/** Undefined when the user named no worker. */
function requestedSource({ wanted }: Pick<LocateRequest, 'wanted'>): WorkerSource | undefined {
  if (wanted === undefined) return undefined;
  return wanted === builtInName ? 'built-in' : 'setting';
}

function noWorker(places: readonly WorkerPlace[], requested: WorkerSource | undefined): Outcome {
  const place = places.find(({ source }) => source === requested);
  const message = place
    ? `${place.path} can't be used as a prepare worker (${place.state}): ${place.note}`
    : 'No prepare worker was found on this machine';
  return { kind: 'not-spawned', cause: 'no-worker', message };
}

function factsOf(worker: ExaminedWorker): WorkerFacts {
  const { version, revision, identity } = worker;
  const common = { version, wireRevision: revision.id, sha256: identity };
  if (worker.kind === 'official') return { kind: 'official', ...common, security: worker.security };
  const { engine, target, figures } = worker;
  return { kind: 'portable', ...common, engine, target, figures };
}

function runtimeName({ electron, node }: Readonly<Record<string, string | undefined>>): string {
  return electron === undefined ? `Node ${node}` : `Electron ${electron} as Node`;
}
