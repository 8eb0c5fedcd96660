/** What the search found, and what each worker says about itself, as plain data. */
import { errorMessage } from '../base/errors.ts';
import type { Diagnosis, ExaminedCandidate, WorkerCandidate, WorkerFacts, WorkersList } from '../model/workers.ts';
import { type LocateRequest, locateWorkers } from '../worker/locate/locate.ts';
import type { SearchResult } from '../worker/locate/place.ts';
import { type CandidateOptions, examineCandidate } from '../worker/probe/examine.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';
import { UnsupportedWorker } from '../worker/probe/version.ts';
import { SpawnError } from '../worker/process/spawn-worker.ts';
import { eligible } from './choose-worker.ts';

export interface DiagnosisOptions {
  readonly signal?: AbortSignal;
  /** Called before each worker is run. */
  readonly onCandidate?: (path: string) => void;
}

/** @param usable the candidates that a preparation could use; absent: all, as long as none was run */
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
    onCandidate?.(candidate.path);
    const result = await examineFor(candidate, examine, signal);
    if (result.kind === 'usable') usable.push(candidate);
    examined.push(result);
  }
  const list = workersList(found, search, usable);
  return { runtime: runtimeName(process.versions), cacheFolder: search.cacheFolder, examined, list };
}

async function examineFor(
  candidate: WorkerCandidate,
  options: CandidateOptions,
  signal: AbortSignal,
): Promise<ExaminedCandidate> {
  const { source, path } = candidate;
  try {
    return { kind: 'usable', source, path, worker: factsOf(await examineCandidate(candidate, options, signal)) };
  } catch (error) {
    if (!(error instanceof UnsupportedWorker || error instanceof SpawnError)) throw error;
    return { kind: 'unusable', source, path, reason: errorMessage(error) };
  }
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
