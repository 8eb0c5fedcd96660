/** Where the search looks for a worker, in its order. */
export type PlaceSource = 'setting' | 'workspace' | 'beside-polkadot' | 'path' | 'system' | 'store' | 'built-in';

export type PlaceState = 'found' | 'missing' | 'not-a-file' | 'not-executable' | 'not-looked-at';

/** One place of the search, and what is there. */
export interface Place {
  readonly source: PlaceSource;
  /** Absolute, or a pattern for several paths (`*` for the name of a folder). */
  readonly path: string;
  readonly state: PlaceState;
  /** A sentence for the user: what this means, or what to do about it. */
  readonly note: string;
}

/**
 * A file that may be a prepare worker: an executable of the right name, the one that the user named, or the bundle of the
 * built-in worker. src/worker/probe examines it.
 */
export interface Candidate {
  readonly source: PlaceSource;
  /** Absolute; may contain symbolic links. */
  readonly path: string;
  /** The same path with every symbolic link resolved. */
  readonly realPath: string;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** One part of the search: its places, and the candidates among them, both in order. */
export interface SearchPart {
  readonly places: readonly Place[];
  readonly candidates: readonly Candidate[];
}

/** The name that Polkadot's host expects. */
export function workerFileName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'polkadot-prepare-worker.exe' : 'polkadot-prepare-worker';
}

export function joinParts(parts: readonly SearchPart[]): SearchPart {
  return {
    places: parts.flatMap(({ places }) => places),
    candidates: parts.flatMap(({ candidates }) => candidates),
  };
}

export function justPlace(place: Place): SearchPart {
  return { places: [place], candidates: [] };
}
