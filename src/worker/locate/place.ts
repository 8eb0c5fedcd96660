/** Where a worker was looked for, in the order of the search. */
export type PlaceSource = 'setting' | 'workspace' | 'beside-polkadot' | 'path' | 'system' | 'store' | 'built-in';

export type PlaceState = 'found' | 'missing' | 'not-a-file' | 'not-executable' | 'not-looked-at';

/** One place of the search, and what was there. */
export interface Place {
  readonly source: PlaceSource;
  /** Absolute where there is one; a pattern (`*` for a folder's name) where it stands for several. */
  readonly path: string;
  readonly state: PlaceState;
  /** A sentence for a person: what this means, or what can be done about it. */
  readonly note: string;
}

/**
 * A file that may be a prepare worker: executable, of the right name or asked for; or the built-in one's bundle. Its
 * version is asked elsewhere.
 */
export interface Candidate {
  readonly source: PlaceSource;
  /** Absolute, as it was found. */
  readonly path: string;
  /** The same file with every symbolic link resolved. */
  readonly realPath: string;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** One part of the search: its places, and those candidates that were among them, both in order. */
export interface Finding {
  readonly places: readonly Place[];
  readonly candidates: readonly Candidate[];
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** What Polkadot's host, and so everybody, calls the file. */
export function workerFileName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'polkadot-prepare-worker.exe' : 'polkadot-prepare-worker';
}

export function joinFindings(findings: readonly Finding[]): Finding {
  return {
    places: findings.flatMap(({ places }) => places),
    candidates: findings.flatMap(({ candidates }) => candidates),
  };
}

export function justPlace(place: Place): Finding {
  return { places: [place], candidates: [] };
}
