import type { WorkerPlace, WorkersList } from '../../model/workers.ts';

/** What the search, or one part of it, found. */
export type SearchResult = Omit<WorkersList, 'selection'>;

/** The name that Polkadot's host expects. */
export function workerFileName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'polkadot-prepare-worker.exe' : 'polkadot-prepare-worker';
}

export function joinResults(parts: readonly SearchResult[]): SearchResult {
  return {
    places: parts.flatMap(({ places }) => places),
    candidates: parts.flatMap(({ candidates }) => candidates),
  };
}

export function withoutCandidate(place: WorkerPlace): SearchResult {
  return { places: [place], candidates: [] };
}
