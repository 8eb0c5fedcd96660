import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { lookFor } from './look-at-file.ts';
import { joinParts, justPlace, type Place, type PlaceSource, type SearchPart } from './place.ts';
import { firstProgram } from './search-path.ts';

/** The part of PATH that the search may use. */
export interface UsablePath {
  readonly folders: readonly string[];
  /** The other entries, with the reason. */
  readonly leftOut: readonly Place[];
}

/** Looks in every folder of PATH. Counts the folders without such a file, and does not list them. */
export async function lookOnPath(fileName: string, { folders, leftOut }: UsablePath): Promise<SearchPart> {
  const found = await Promise.all(
    folders.map((folder) => lookFor('path', path.join(folder, fileName), 'It is in a folder of PATH.')),
  );
  const present = found.filter(({ places }) => places[0]?.state !== 'missing');
  const searched = folders.length === 1 ? 'the one folder' : `any of the ${folders.length} folders`;
  const none: Place = { source: 'path', path: fileName, state: 'missing', note: `It is not in ${searched} of PATH.` };
  return joinParts([{ places: leftOut, candidates: [] }, ...(present.length > 0 ? present : [justPlace(none)])]);
}

/**
 * Looks in the folder of the `polkadot` on PATH, with symbolic links resolved. That is where polkadot itself looks first
 * (polkadot/node/service/src/workers.rs).
 */
export async function lookBesidePolkadot(fileName: string, { folders }: UsablePath): Promise<SearchPart> {
  const source: PlaceSource = 'beside-polkadot';
  const polkadot = await firstProgram(fileName.endsWith('.exe') ? 'polkadot.exe' : 'polkadot', folders);
  if (polkadot === undefined) {
    return justPlace({ source, path: fileName, state: 'missing', note: 'There is no polkadot on PATH.' });
  }
  const worker = path.join(path.dirname(await realpath(polkadot)), fileName);
  const part = await lookFor(source, worker, `It is in the folder of ${polkadot}.`);
  const places = part.places.map((place) =>
    place.state === 'missing' ? { ...place, note: `There is none in the folder of ${polkadot}.` } : place,
  );
  return { ...part, places };
}
