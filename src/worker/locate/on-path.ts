import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { WorkerPlace } from '../../model/workers.ts';
import type { Machine } from './check-program.ts';
import { lookFor } from './look-at-file.ts';
import { joinResults, type SearchResult, withoutCandidate } from './place.ts';
import { firstProgram } from './search-path.ts';

/** The part of PATH that the search may use. */
export interface UsablePath {
  readonly folders: readonly string[];
  /** The other entries, with the reason. */
  readonly skipped: readonly WorkerPlace[];
}

/** Looks in every folder on PATH. Lists only the folders with such a file. */
export async function lookOnPath(
  fileName: string,
  { folders, skipped }: UsablePath,
  machine: Machine,
): Promise<SearchResult> {
  const found = await Promise.all(
    folders.map((folder) => lookFor('path', path.join(folder, fileName), 'It is in a folder on PATH.', machine)),
  );
  const present = found.filter(({ places }) => places[0]?.state !== 'missing');
  const searched = folders.length === 1 ? 'the only folder' : `any of the ${folders.length} folders`;
  const none: WorkerPlace = {
    source: 'path',
    path: fileName,
    state: 'missing',
    note: `It is not in ${searched} on PATH.`,
  };
  return joinResults([
    { places: skipped, candidates: [] },
    ...(present.length > 0 ? present : [withoutCandidate(none)]),
  ]);
}

/**
 * Looks in the folder of the `polkadot` on PATH, with symbolic links resolved. polkadot itself looks there first
 * (polkadot/node/service/src/workers.rs).
 */
export async function lookBesidePolkadot(
  fileName: string,
  { folders }: UsablePath,
  machine: Machine,
): Promise<SearchResult> {
  const source = 'beside-polkadot';
  const polkadot = await firstProgram(fileName.endsWith('.exe') ? 'polkadot.exe' : 'polkadot', folders);
  if (polkadot === undefined) {
    return withoutCandidate({ source, path: fileName, state: 'missing', note: 'There is no polkadot on PATH.' });
  }
  const worker = path.join(path.dirname(await realpath(polkadot)), fileName);
  const part = await lookFor(source, worker, `It is in the folder of ${polkadot}.`, machine);
  const places = part.places.map((place) =>
    place.state === 'missing' ? { ...place, note: `It is not in the folder of ${polkadot}.` } : place,
  );
  return { ...part, places };
}
